#include "indexer/advice/chains.h"

#include <algorithm>

#include "indexer/advice/joints.h"

namespace sakuin::advice {
namespace {

constexpr std::size_t kTopicGap = 1;       // between an action and the particle of its topic
constexpr std::size_t kLongestEnding = 8;  // characters between an action's words and its comma

bool IsChain(const FoundCue& cue) {
  return cue.row->kind == CueKind::kTerminator && cue.row->side == CueSide::kLeft;
}

bool HasAction(const SentenceInput& sentence, std::size_t begin, std::size_t end) {
  return std::any_of(
      sentence.actions.begin(), sentence.actions.end(),
      [&](const ActionMention& one) { return begin <= one.at.begin && one.at.begin < end; });
}

bool EndsCondition(const SentenceInput& sentence, const FoundCue& terminator) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kCond && one.row->side == CueSide::kLeft &&
           one.at.begin <= terminator.at.begin && terminator.at.begin < one.at.end;
  });
}

// A reason or a "but" ends between the two.
bool IsBroken(const SentenceInput& sentence, std::size_t begin, std::size_t end) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTerminator && one.row->side == CueSide::kBoth &&
           begin <= one.at.begin && one.at.begin < end && !EndsCondition(sentence, one);
  });
}

// The first instruction behind the chain: what is not to be done must be another action.
bool EndsInInstruction(const SentenceInput& sentence, std::size_t from) {
  for (const FoundCue& one : sentence.cues) {
    const bool binds_left = one.row->side == CueSide::kLeft || one.row->side == CueSide::kBoth;
    if (one.at.begin < from || !one.counts || !binds_left) continue;
    if (IsBroken(sentence, from, one.at.begin)) return false;
    if (one.row->kind == CueKind::kDo) return true;
    // "Put a mask on, so that nobody catches it": what is kept off is no action.
    if (one.row->kind == CueKind::kDont && !HasAction(sentence, from, one.at.end)) return true;
    const bool goes_on = Bans(one.row->kind) || one.row->kind == CueKind::kBenefit;
    if (goes_on && HasAction(sentence, from, one.at.end)) return true;
  }
  return false;
}

// Where the last condition between the characters ends (`begin`: there is none). An action named in
// it is no predicate of the topic in front.
std::size_t BehindCondition(const SentenceInput& sentence, std::size_t begin, std::size_t end) {
  std::size_t out = begin;
  for (const FoundCue& one : sentence.cues) {
    const bool ends = one.row->kind == CueKind::kCond && one.row->side == CueSide::kLeft;
    if (ends && one.at.begin > begin && one.at.begin <= end) out = std::min(one.at.end, end);
  }
  return out;
}

// "Heat and massage, ...": one topic.
std::size_t LastJoined(const SentenceInput& sentence, std::size_t at) {
  while (at + 1 < sentence.actions.size() &&
         Joined(sentence, sentence.actions[at].at.end, sentence.actions[at + 1].at.begin))
    ++at;
  return at;
}

}  // namespace

bool Bans(CueKind kind) {
  return kind == CueKind::kDont || kind == CueKind::kStop || kind == CueKind::kLess ||
         kind == CueKind::kExcess || kind == CueKind::kManner;
}

bool IsJoinedUntil(const SentenceInput& sentence, std::size_t at, std::size_t end) {
  for (std::size_t n = at + 1; n < sentence.actions.size(); ++n) {
    const std::size_t next = sentence.actions[n].at.begin;
    if (next >= end) break;
    if (!Joined(sentence, sentence.actions[at].at.end, next)) return false;
  }
  return true;
}

bool IsTopicUntil(const SentenceInput& sentence, std::size_t at, std::size_t end) {
  const Range& action = sentence.actions[at].at;
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTopic && one.at.begin <= action.end + 1 &&
           action.end <= one.at.end && action.begin < one.at.begin && one.at.end <= end;
  });
}

bool IsTopicReaching(const SentenceInput& sentence, std::size_t at, std::size_t end) {
  const std::size_t last = LastJoined(sentence, at);
  const std::size_t from = BehindCondition(sentence, sentence.actions[last].at.end, end);
  return !HasAction(sentence, from, end) && IsTopicUntil(sentence, last, end);
}

bool IsAside(const SentenceInput& sentence, std::size_t at, const FoundCue& cue) {
  const Sentence& there = *sentence.sentence;
  const Range& action = sentence.actions[LastJoined(sentence, at)].at;
  const std::size_t end = there.clauses[there.ClauseAt(action.begin)].end;
  if (cue.at.begin < end || !HasAction(sentence, end, cue.at.begin)) return false;
  const bool is_taken =
      std::any_of(sentence.actions.begin(), sentence.actions.end(), [&](const ActionMention& one) {
        return one.id != sentence.actions[at].id && one.at.begin >= end &&
               one.at.begin < cue.at.begin && one.at.end + kTopicGap >= cue.at.begin;
      });
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    if (one.row->kind != CueKind::kTopic || one.at.end != end) return false;
    return is_taken || one.at.begin > action.end + kTopicGap;
  });
}

bool IsTopicAndCondition(const SentenceInput& sentence, std::size_t at, const FoundCue& cue) {
  const Range& last = sentence.actions[LastJoined(sentence, at)].at;
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTopic && one.at == cue.at && one.at.begin == last.end &&
           !HasAction(sentence, cue.at.end, sentence.sentence->range.end);
  });
}

bool IsPartOfStance(const SentenceInput& sentence, const FoundCue& cue) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    const CueKind kind = one.row->kind;
    const bool allows = one.counts && (kind == CueKind::kDo || kind == CueKind::kMay);
    return (allows || kind == CueKind::kBenefit) && one.at.Has(cue.at);
  });
}

bool IsBannedBehind(const SentenceInput& sentence, const FoundCue& gate) {
  if (gate.row->kind != CueKind::kGate) return false;
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    const Sentence& there = *sentence.sentence;
    return one.counts && one.row->kind == CueKind::kStop && gate.at.end <= one.at.begin &&
           there.ClauseAt(one.at.begin) == there.ClauseAt(gate.at.begin) &&
           !HasAction(sentence, gate.at.end, one.at.begin);
  });
}

bool FollowsBan(const SentenceInput& sentence, std::size_t at, const FoundCue& cue) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.counts && Bans(one.row->kind) && one.at.end == cue.at.begin &&
           sentence.actions[at].at.begin < one.at.begin;
  });
}

const FoundCue* ChainOf(const SentenceInput& sentence, std::size_t at) {
  const Range& action = sentence.actions[at].at;
  for (const FoundCue& cue : sentence.cues) {
    const bool behind = cue.at.end > action.end && cue.at.begin <= action.end + kLongestEnding;
    if (!IsChain(cue) || !behind || cue.at.begin < action.begin) continue;
    if (HasAction(sentence, action.end, cue.at.end)) return nullptr;
    return EndsInInstruction(sentence, cue.at.end) ? &cue : nullptr;
  }
  return nullptr;
}

}  // namespace sakuin::advice

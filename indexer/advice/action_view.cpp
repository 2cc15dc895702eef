#include "indexer/advice/action_view.h"

#include <algorithm>

#include "indexer/advice/chains.h"
#include "indexer/advice/joints.h"

namespace sakuin::advice {
namespace {

bool IsUniversal(const FoundCue& terminator) { return terminator.row->side == CueSide::kBoth; }

}  // namespace

bool IsImplied(CueKind kind) {
  return kind == CueKind::kBenefit || kind == CueKind::kHarm || kind == CueKind::kStep;
}

bool IsPositive(CueKind kind) {
  return kind == CueKind::kDo || kind == CueKind::kMay || kind == CueKind::kStep;
}

bool ActionView::IsLeftOf(const FoundCue& cue) const {
  return action_.begin < cue.at.begin && action_.end <= cue.at.end;
}
bool ActionView::IsRightOf(const FoundCue& cue) const {
  return cue.at.begin < action_.begin && cue.at.end < action_.end;
}
std::size_t ActionView::Distance(const FoundCue& cue) const {
  if (IsLeftOf(cue)) return cue.at.begin - std::min(action_.end, cue.at.begin);
  return IsRightOf(cue) ? action_.begin - std::min(cue.at.end, action_.begin) : 0;
}

bool ActionView::SideFits(const FoundCue& cue) const {
  switch (cue.row->side) {
    case CueSide::kRight: return IsRightOf(cue);
    case CueSide::kLeft: return IsLeftOf(cue);
    case CueSide::kInner: return cue.at.Has(action_);
    default: return true;
  }
}

bool ActionView::HasAction(std::size_t begin, std::size_t end) const {
  return std::any_of(sentence_.actions.begin(), sentence_.actions.end(),
                     [begin, end](const ActionMention& one) {
                       return begin <= one.at.begin && one.at.end <= end;
                     });
}

bool ActionView::HasBarrier(std::size_t begin, std::size_t end, const FoundCue& but) const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
    if (&one == &but || one.at.begin < begin || one.at.end > end) return false;
    if (one.row->kind == CueKind::kTerminator || one.row->kind == CueKind::kCond) {
      return !sentence_.japanese || !MayCross(one, but);
    }
    // "at once" in front of a predicate is part of what the cue at its end says
    const bool stresses = sentence_.japanese && one.row->side == CueSide::kRight &&
                          IsPositive(one.row->kind) && IsPositive(but.row->kind);
    return one.counts && Competes(one.row->kind) && one.row->kind != CueKind::kCover &&
           !IsImplied(one.row->kind) && !stresses;
  });
}

bool ActionView::HasTerminator(std::size_t begin, std::size_t end) const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTerminator && begin <= one.at.begin && one.at.begin < end;
  });
}

bool ActionView::MayCross(const FoundCue& between, const FoundCue& cue) const {
  const bool chains = between.row->kind == CueKind::kTerminator && !IsUniversal(between);
  return (chains && (IsPositive(cue.row->kind) || IsImplied(cue.row->kind))) || IsTopicOf(cue);
}

bool ActionView::IsTopicOf(const FoundCue& cue) const {
  return IsLeftOf(cue) && IsTopicReaching(sentence_, at_, cue.at.begin);
}

bool ActionView::IsRejectedBehind(std::size_t begin) const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kReject && one.counts && one.at.begin >= begin;
  });
}

bool ActionView::IsAsideOf(const FoundCue& cue) const {
  return IsLeftOf(cue) && IsAside(sentence_, at_, cue);
}

bool ActionView::IsInCondition(std::size_t begin, std::size_t end) const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kCond && one.row->side == CueSide::kLeft &&
           begin < one.at.begin && one.at.end <= end && !IsTopicUntil(sentence_, at_, one.at.begin);
  });
}

bool ActionView::IsCutOff(std::size_t begin, std::size_t end, const FoundCue& cue) const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kTerminator && begin < one.at.end && one.at.begin < end &&
           !MayCross(one, cue);
  });
}

bool ActionView::IsStopped(const FoundCue& time) const {
  return sentence_.japanese &&
         std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
           return one.counts && one.row->kind == CueKind::kCondStop &&
                  time.at.end <= one.at.begin && !HasAction(action_.end, one.at.end);
         });
}

bool ActionView::DeniesAtOnce(const FoundCue& cue) const {
  if (sentence_.japanese) return false;
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
    const bool denies = one.row->kind == CueKind::kDont || one.row->kind == CueKind::kStop;
    return denies && one.counts && one.at.begin == cue.at.end && one.at.end <= action_.begin &&
           !HasBarrier(one.at.end, action_.begin, one);
  });
}

bool ActionView::HasCueAround() const {
  return !sentence_.japanese &&
         std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [this](const FoundCue& one) {
           return one.counts && one.row->side == CueSide::kInner && one.at.Has(action_);
         });
}

bool ActionView::GoesOnFrom(const FoundCue& cue) const {
  return sentence_.japanese ||
         (IsRightOf(cue) && at_ > 0 && sentence_.actions[at_ - 1].at.end >= cue.at.end &&
          AreLinked(sentence_, at_ - 1, at_));
}

bool ActionView::IsListedBehind(const Range& name) const {
  return name.end <= action_.begin && ClauseOf(name.begin) == OwnClause() &&
         std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& one) {
           return one.row->kind == CueKind::kJoin && one.at.begin == name.end;
         });
}

bool ActionView::Touches(const FoundCue& cue) const {
  constexpr std::size_t kTouches = 3;
  if (Distance(cue) <= kTouches) return true;
  return IsLeftOf(cue) && Joined(sentence_, action_.end, cue.at.begin);
}

bool ActionView::IsOrdered() const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& cue) {
    const CueKind kind = cue.row->kind;
    const bool orders = kind == CueKind::kDo || kind == CueKind::kMay || Bans(kind);
    return cue.counts && orders && SameClause(cue) && SideFits(cue);
  });
}

bool ActionView::IsOrderedBehind(std::size_t place) const {
  return std::any_of(sentence_.cues.begin(), sentence_.cues.end(), [&](const FoundCue& cue) {
    return cue.counts && cue.row->kind == CueKind::kDo && SameClause(cue) &&
           cue.at.begin >= place && cue.at.begin < action_.begin;
  });
}

bool ActionView::IsListedFrom(const FoundCue& cue) const {
  if (cue.row->side == CueSide::kLeft || cue.row->side == CueSide::kInner) return false;
  const std::size_t clause = ClauseOf(cue.at.begin);
  bool starts = false;
  for (std::size_t n = 0; n < at_; ++n) {
    const std::size_t begin = sentence_.actions[n].at.begin;
    if (begin < cue.at.end) continue;
    if (!starts && ClauseOf(begin) != clause) return false;
    starts = true;
    if (!AreListed(sentence_, n, n + 1)) return false;
  }
  return starts && !HasBarrier(cue.at.end, action_.begin, cue);
}

}  // namespace sakuin::advice

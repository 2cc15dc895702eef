#include "indexer/advice/joints.h"

#include <algorithm>

namespace sakuin::advice {
namespace {

constexpr std::size_t kLooseGap = 6;  // "smoking or long drinking"

}  // namespace

// Only joining words stand between the neighbouring actions of the characters.
bool Joined(const SentenceInput& sentence, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end) {
    const auto join =
        std::find_if(sentence.cues.begin(), sentence.cues.end(), [at](const FoundCue& one) {
          return one.row->kind == CueKind::kJoin && one.at.begin == at;
        });
    const auto name = std::find_if(sentence.actions.begin(), sentence.actions.end(),
                                   [at](const ActionMention& one) { return one.at.begin == at; });
    if (join != sentence.cues.end()) {
      at = join->at.end;
    } else if (name != sentence.actions.end()) {
      at = name->at.end;
    } else if (sentence.text[at] == U' ') {
      ++at;
    } else {
      return false;
    }
  }
  return true;
}

bool AreJoined(const SentenceInput& sentence, std::size_t first, std::size_t second) {
  return Joined(sentence, sentence.actions[first].at.end, sentence.actions[second].at.begin);
}

namespace {

bool HasJoin(const SentenceInput& sentence, std::size_t begin, std::size_t end) {
  return std::any_of(sentence.cues.begin(), sentence.cues.end(), [&](const FoundCue& one) {
    return one.row->kind == CueKind::kJoin && begin <= one.at.begin && one.at.end <= end;
  });
}

}  // namespace

bool AreLinked(const SentenceInput& sentence, std::size_t first, std::size_t second) {
  const std::size_t begin = sentence.actions[first].at.end;
  const std::size_t end = sentence.actions[second].at.begin;
  if (Joined(sentence, begin, end)) return true;
  return end <= begin + kLooseGap && HasJoin(sentence, begin, end);
}

bool AreListed(const SentenceInput& sentence, std::size_t first, std::size_t second) {
  constexpr std::size_t kOneUnknown = 20;  // "beer, offal and massage"
  const std::size_t begin = sentence.actions[first].at.end;
  const std::size_t end = sentence.actions[second].at.begin;
  return end <= begin + kOneUnknown && HasJoin(sentence, begin, end);
}

}  // namespace sakuin::advice

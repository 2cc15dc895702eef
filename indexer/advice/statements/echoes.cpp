#include "indexer/advice/statements/echoes.h"

#include <algorithm>

namespace sakuin::advice {
namespace {

constexpr std::size_t kSentencesBack = 2;

// Place of the sentence that holds the character; the last one for what lies in none.
std::size_t SentenceAt(const std::vector<Sentence>& sentences, std::size_t at) {
  const auto next = std::upper_bound(
      sentences.begin(), sentences.end(), at,
      [](std::size_t place, const Sentence& one) { return place < one.range.begin; });
  return next == sentences.begin() ? 0 : static_cast<std::size_t>(next - sentences.begin()) - 1;
}

// Does the mention's clause name an action itself?
bool NamesOwn(const Sentence& sentence, const std::vector<ActionMention>& actions, std::size_t n) {
  const std::size_t clause = sentence.ClauseAt(actions[n].at.begin);
  return std::any_of(actions.begin(), actions.end(), [&](const ActionMention& other) {
    return other.stands_for == nullptr && sentence.range.Has(other.at) &&
           sentence.ClauseAt(other.at.begin) == clause;
  });
}

bool Names(const Sentence& sentence, const std::vector<ActionMention>& actions,
           const std::string& id) {
  return std::any_of(actions.begin(), actions.end(), [&](const ActionMention& other) {
    return other.stands_for == nullptr && other.id == id && sentence.range.Has(other.at);
  });
}

// The last action before actions[n] that it may stand for; "" for none.
std::string LastBefore(const std::vector<Sentence>& sentences, std::size_t sentence,
                       const std::string& topic, const std::vector<ActionMention>& actions,
                       std::size_t n) {
  const std::size_t first = sentence < kSentencesBack ? 0 : sentence - kSentencesBack;
  for (std::size_t k = n; k-- > 0;) {
    if (actions[k].at.begin < sentences[first].range.begin) break;
    if (actions[k].stands_for == nullptr && actions[n].stands_for->contains(actions[k].id)) {
      return actions[k].id;
    }
  }
  return actions[n].stands_for->contains(topic) ? topic : "";
}

}  // namespace

void ResolveEchoes(const std::vector<Sentence>& sentences, const std::string& topic, bool japanese,
                   std::vector<ActionMention>& actions) {
  if (sentences.empty()) return;
  for (std::size_t n = 0; n < actions.size(); ++n) {
    if (actions[n].stands_for == nullptr) continue;
    const std::size_t at = SentenceAt(sentences, actions[n].at.begin);
    if (NamesOwn(sentences[at], actions, n)) continue;
    const std::string id = LastBefore(sentences, at, topic, actions, n);
    if (!japanese || !Names(sentences[at], actions, id)) actions[n].id = id;
  }
  std::erase_if(actions, [](const ActionMention& one) { return one.id.empty(); });
}

}  // namespace sakuin::advice

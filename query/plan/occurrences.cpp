#include "query/plan/occurrences.h"

#include <algorithm>

#include "indexer/text/analyzer.h"
#include "indexer/text/char_class.h"

namespace sakuin::plan {
namespace {

bool Stands(const Alternative& phrase, std::u32string_view text, std::size_t at) {
  if (phrase.match == MatchKind::kSubstring) return true;
  const std::size_t end = at + phrase.text.size();
  if (at > 0 && text::IsSpaced(phrase.text.front()) && text::IsSpaced(text[at - 1])) return false;
  if (phrase.match == MatchKind::kPrefix) return true;
  return end == text.size() || !text::IsSpaced(phrase.text.back()) || !text::IsSpaced(text[end]);
}

}  // namespace

std::vector<Occurrence> FindOccurrences(const Alternative& phrase, std::u32string_view folded) {
  std::vector<Occurrence> out;
  if (phrase.text.empty()) return out;
  for (std::size_t at = folded.find(phrase.text); at != std::u32string_view::npos;
       at = folded.find(phrase.text, at + 1)) {
    if (Stands(phrase, folded, at)) out.push_back({at, at + phrase.text.size()});
  }
  return out;
}

bool IsSpacedWord(std::u32string_view phrase) {
  return !phrase.empty() && phrase.size() <= text::kLongestWord &&
         std::all_of(phrase.begin(), phrase.end(), text::IsSpaced);
}

bool HasSpacedEdge(std::u32string_view phrase) {
  return !phrase.empty() && (text::IsSpaced(phrase.front()) || text::IsSpaced(phrase.back()));
}

}  // namespace sakuin::plan

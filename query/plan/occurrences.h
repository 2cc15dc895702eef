#pragma once

// Where a phrase stands in a folded text: the exact meaning of a match, used to verify what an
// index cannot decide and to highlight.

#include <cstddef>
#include <string_view>
#include <vector>

#include "indexer/base/characters.h"
#include "query/plan/plan.h"

namespace sakuin::plan {

struct Occurrence {
  std::size_t begin = 0;  // folded characters, half-open
  std::size_t end = 0;
};

// All of them, overlapping ones too, in order. O(text + phrase) on average. Pure.
std::vector<Occurrence> FindOccurrences(const Alternative& phrase, std::u32string_view folded);

// Can words alone decide the match: is the phrase one run of letters and digits of a spaced script,
// no longer than what is kept as a word?
bool IsSpacedWord(std::u32string_view phrase);

// Hiragana, katakana or the long mark.

// Does the phrase begin or end with a letter or digit of a spaced script?
bool HasSpacedEdge(std::u32string_view phrase);

}  // namespace sakuin::plan

#pragma once

// How far two folded words are apart, in half mistakes: an optimal-string-alignment distance
// (Damerau-Levenshtein, no piece edited twice; Boytsov 2011) with weights.

#include <cstddef>
#include <string_view>

#include "indexer/text/sounds.h"

namespace sakuin::plan {

// A character replaced, left out, put in, or two neighbours exchanged. One half of it: a character
// for one that sounds or looks alike; a blank, hyphen, long mark or small tu more or less; a letter
// doubled or not.
inline constexpr std::size_t kMistake = 2;

// The half mistakes that a word may have and still be meant: none in the shortest, at most two
// mistakes. Fewer where each character says more: a Han character is worth two letters.
std::size_t MostMistakes(std::u32string_view word);

// `sounds` may be nullptr: nothing is alike then. `most` + 1 where it is more than `most`,
// and where `b` or the text below has more than 127 characters.
std::size_t Distance(std::u32string_view a, std::u32string_view b, std::size_t most,
                     const text::Sounds* sounds);

// Where in `text` something stands that is nearest to `word` (Sellers 1980): the first of the
// nearest, the shortest there. `distance` is `most` + 1 where nothing is near enough.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t distance = 0;
};
Place FindNear(std::u32string_view text, std::u32string_view word, std::size_t most,
               const text::Sounds* sounds);

}  // namespace sakuin::plan

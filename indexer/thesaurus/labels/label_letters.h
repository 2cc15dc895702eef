#pragma once

// Classes of letters that decide where a label may stand. Half- and full-width forms too: some of
// these look at the original text.

#include <cstddef>

#include "indexer/base/characters.h"
#include "indexer/text/char_class.h"

namespace sakuin::thesaurus {

inline constexpr std::size_t kShortKana = 3;  // and less: such a label stands by itself only

inline bool IsSmallLatin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xFF41 && c <= 0xFF5A);
}
inline bool IsCapital(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xFF21 && c <= 0xFF3A); }

}  // namespace sakuin::thesaurus

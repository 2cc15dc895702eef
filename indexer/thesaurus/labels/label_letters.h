#pragma once

// Classes of letters that decide where a label may stand. Half- and full-width forms too: some of
// these look at the original text.

#include <cstddef>

#include "indexer/text/char_class.h"

namespace sakuin::thesaurus {

inline constexpr std::size_t kShortKana = 3;  // and less: such a label stands by itself only

// Of a script that puts blanks between words.
inline bool IsSpacedLetter(char32_t c) { return text::ClassOf(c) == text::CharClass::kSpaced; }

inline bool IsSmallLatin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xFF41 && c <= 0xFF5A);
}
inline bool IsCapital(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xFF21 && c <= 0xFF3A); }
inline bool IsDigit(char32_t c) { return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19); }
inline bool IsHiragana(char32_t c) {
  return c >= 0x3041 && c <= 0x309E && c != 0x309B && c != 0x309C;
}
inline bool IsKatakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FE) ||
         (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x31F0 && c <= 0x31FF);
}

}  // namespace sakuin::thesaurus

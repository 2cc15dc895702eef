#pragma once

#include <cstdint>

namespace sakuin::text {

// How a character takes part in words. Decided by script, never by a language guess.
enum class CharClass : std::uint8_t {
  kSeparator,  // blanks, punctuation, symbols, emoji
  kSpaced,     // letters, digits and marks of scripts that put blanks between words (Latin, ...)
  kUnspaced,   // those of scripts that do not: Han, kana, Bopomofo, Hangul, Thai, Lao, Khmer, ...
};

// Pure and thread-safe.
CharClass ClassOf(char32_t c);
inline bool IsSpaced(char32_t c) { return ClassOf(c) == CharClass::kSpaced; }

}  // namespace sakuin::text

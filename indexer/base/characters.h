#pragma once

// Classes of characters by their code alone. Half- and full-width forms and the ideographs beyond
// the BMP count; where text is folded already they do not occur. All functions are pure and
// thread-safe. What joins words is text::ClassOf() (indexer/text/char_class.h).

#include <string>
#include <string_view>

namespace sakuin {

constexpr bool IsAsciiDigit(char32_t c) { return c >= '0' && c <= '9'; }
// ASCII or full-width.
constexpr bool IsDigit(char32_t c) { return IsAsciiDigit(c) || (c >= 0xFF10 && c <= 0xFF19); }

constexpr bool IsAsciiLetter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char AsciiLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
inline std::string AsciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = AsciiLower(c);
  return out;
}

// Ideographs of all blocks (Unicode 15, chapter 18.1), and the mark that repeats one (U+3005).
constexpr bool IsHan(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3005 ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

constexpr bool IsHiragana(char32_t c) {
  return c >= 0x3041 && c <= 0x309E && c != 0x309B && c != 0x309C;
}
// With the long mark (U+30FC), small ones for Ainu and half-width forms.
constexpr bool IsKatakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FE) ||
         (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x31F0 && c <= 0x31FF);
}
constexpr bool IsKana(char32_t c) { return IsHiragana(c) || IsKatakana(c); }

}  // namespace sakuin

#pragma once

// UTF-8 in and out, one code point at a time. All functions are pure and thread-safe.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sakuin::utf8 {

// The byte offset of the first malformed sequence (RFC 3629: no surrogates, no overlong forms,
// nothing above U+10FFFF), or nothing when `text` is well formed.
std::optional<std::size_t> FindInvalid(std::string_view text);

// Decodes the code point at `at` (< text.size()) and moves `at` behind it. A malformed sequence
// gives U+FFFD and moves one byte on.
char32_t NextSlow(std::string_view text, std::size_t& at);  // any sequence
inline char32_t Next(std::string_view text, std::size_t& at) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const char32_t first = byte(at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  // Three bytes: Han and kana, but not where a surrogate or an overlong form might stand.
  if (first > 0xE0 && first < 0xED && text.size() - at > 2 && (byte(at + 1) & 0xC0U) == 0x80 &&
      (byte(at + 2) & 0xC0U) == 0x80) {
    const char32_t c =
        (first & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU);
    at += 3;
    return c;
  }
  return NextSlow(text, at);
}

// Decodes the code point that ends at `at` (> 0) and moves `at` to its first byte.
char32_t Previous(std::string_view text, std::size_t& at);

// Appends the UTF-8 form of `c`; U+FFFD for what is no scalar value.
void Append(std::string& out, char32_t c);

// How many bytes Append() would add: 1 to 4.
std::size_t Length(char32_t c);

std::u32string Decode(std::string_view text);
std::string Encode(std::u32string_view text);

// Number of code points.
std::size_t Count(std::string_view text);

// `at`, moved down to the first byte of the code point it stands in.
std::size_t FloorBoundary(std::string_view text, std::size_t at);

// Without blanks (U+0020, tab, CR, LF, U+00A0, U+3000 and the other Unicode spaces) at both ends.
std::string_view Trim(std::string_view text);

// Unicode White_Space.
bool IsSpace(char32_t c);

}  // namespace sakuin::utf8

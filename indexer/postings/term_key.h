#pragma once

// What stands in the dictionary, in its order: byte strings, so that grams of one first character
// stand together and words in order of their code points.

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/base/utf8.h"

namespace sakuin::postings {

enum class Field : std::uint8_t { kText = 0, kHeading = 1 };
inline constexpr int kFields = 2;

// A gram as one number: the first character, then its follower, 0 at the end of a line. Numbers
// stand in the order of their keys.
constexpr std::uint64_t Gram(char32_t first, char32_t second) {
  return (std::uint64_t{first} << 21U) | second;
}

// Grams stand before words, and those of the text before those of headings.
constexpr char GramLead(Field field) { return static_cast<char>(0x10 + static_cast<int>(field)); }
constexpr char WordLead(Field field) { return static_cast<char>(0x20 + static_cast<int>(field)); }
constexpr bool IsGramKey(std::string_view key) { return !key.empty() && key[0] < 0x20; }

// What all grams that begin with this character begin with.
inline std::string GramPrefix(Field field, char32_t first) {
  std::string out(1, GramLead(field));
  utf8::Append(out, first);
  return out;
}

inline std::string GramKey(Field field, std::uint64_t gram) {
  std::string out = GramPrefix(field, static_cast<char32_t>(gram >> 21U));
  const auto second = static_cast<char32_t>(gram & 0x1FFFFFU);
  if (second != 0) utf8::Append(out, second);
  return out;
}

inline std::string WordKey(Field field, std::string_view word) {
  return WordLead(field) + std::string(word);
}

constexpr Field FieldOf(std::string_view key) { return static_cast<Field>(key[0] & 0x0F); }

}  // namespace sakuin::postings

#pragma once

// The tokens of HTML5 that matter to the guard. Pure functions, each linear in what it reads.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sakuin::ingest {

enum class TagKind : std::uint8_t { kNone, kStart, kEnd, kComment };

// What begins with a '<'. Positions are bytes of the page; end is behind the '>', or the page's.
struct Tag {
  TagKind kind = TagKind::kNone;  // kNone: the '<' is text
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string name;  // lower case
  std::size_t attributes = 0;
  std::size_t too_many = 0;           // where the first attribute beyond kMostAttributes begins
  std::size_t behind_attributes = 0;  // where the last one ends
  bool is_doctype = false;            // of a kComment
};

// `at` is the place of a '<'. Comments are also <!...>, <?...> and </ without a letter.
Tag ReadTag(std::string_view html, std::size_t at);

// The place of the "</name" that ends the raw text which begins at `from`; the page's end where
// there is none. Knows scripts that hide another <script> in a comment.
std::size_t FindRawTextEnd(std::string_view html, std::size_t from, std::string_view name);

}  // namespace sakuin::ingest

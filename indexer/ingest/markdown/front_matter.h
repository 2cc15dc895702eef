#pragma once

// What stands before a Markdown text between two lines of "---" (YAML) or "+++" (TOML).

#include <cstddef>
#include <string_view>
#include <vector>

namespace sakuin::ingest {

// Values are pieces of the text, without quotation marks around them.
struct FrontMatterField {
  std::string_view key;  // as written
  std::string_view value;
};

struct FrontMatter {
  std::size_t size = 0;  // bytes, with both lines; 0: there is none
  std::vector<FrontMatterField> fields;

  // The value of the first of these keys that is there and not empty, whatever its case.
  std::string_view Value(std::initializer_list<std::string_view> keys) const;
};

// Only flat fields are read; the first element of a list is its value. A text that begins with a
// line of dashes and holds no field before the next one has none. Pure; refers to `text`.
FrontMatter ReadFrontMatter(std::string_view text);

}  // namespace sakuin::ingest

#pragma once

// Furniture told by the names that pages give it. Include from .cpp files of ingest only.

#include <array>
#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::ingest {

enum class NamePart : std::uint8_t { kWhole, kPart };

// Immutable, therefore thread-safe. Looks at an element's class and id as they are written; a name
// is found in one pass over them, however many names there are.
class NameRule {
 public:
  // `names` are ASCII. kWhole: one of the classes, or the id, is a name; kPart: class or id
  // contains one. `on`: only elements of these names; where it is empty, any but html, body,
  // article and main.
  NameRule(NamePart part, std::vector<std::string> names, std::vector<std::string> on);

  bool Holds(pugi::xml_node element) const;

 private:
  bool HoldsName(std::string_view value, bool is_id) const;
  bool IsOn(std::string_view element) const;

  NamePart part_;
  std::vector<std::string> on_;
  std::array<std::vector<std::string>, 256> by_first_;  // names by their first byte
};

// The words of a list with blanks or line breaks between them.
std::vector<std::string> SplitNames(std::string_view list);

}  // namespace sakuin::ingest

#pragma once

// What the tree construction of HTML5 knows of an element by its name alone, as far as the guard
// has to follow it.

#include <string_view>

namespace sakuin::ingest {

struct NameTraits {
  bool is_void = false;     // has no content and no end tag
  bool formatting = false;  // is opened anew in every block until its end tag comes
  bool raw_text = false;    // its content holds no tags
  bool special = false;     // stops the search of end tags that are not special themselves
  bool scope = false;       // stops the search for an element to close
  bool table_part = false;  // <tr>, <td>, ...: closes others of its kind up to the <table>
  bool closes_p = false;    // its start tag ends an open paragraph
  bool implied = false;     // ends by itself, when the next one comes or what holds it ends
};

// Of a lower-case name. Pure.
NameTraits TraitsOf(std::string_view name);

}  // namespace sakuin::ingest

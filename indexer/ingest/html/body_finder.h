#pragma once

// Finds the article on a page that does not say where it is. Include from .cpp files of ingest
// only.

#include <cstddef>
#include <pugixml.hpp>
#include <unordered_map>

namespace sakuin::ingest {

// Letters below every node of a tree, counted once: a Han or kana character counts one, four
// others count one. Stays as it was when the tree changes afterwards. Thread-safe once made.
class LetterCounts {
 public:
  struct Counts {
    std::size_t text = 0;    // everything below
    std::size_t links = 0;   // of that, in <a>
    std::size_t direct = 0;  // no link, and in no block below this one
  };

  explicit LetterCounts(pugi::xml_node root);
  Counts Of(pugi::xml_node node) const;

 private:
  Counts Count(pugi::xml_node node, bool in_link);

  std::unordered_map<std::size_t, Counts> counts_;  // by pugixml's hash value
};

// The element whose paragraphs hold most text that is no link. A paragraph counts for the element
// it stands in, half for the one around it: A. Kohlschuetter et al., "Boilerplate Detection using
// Shallow Text Features" (WSDM 2010) for text and link density; counted in characters, not words.
pugi::xml_node FindDensestBody(pugi::xml_node root, const LetterCounts& counts);

// Goes down while one child holds nearly all plain text and what is left out is mostly links:
// menus and lists of other articles around the text.
pugi::xml_node Narrowed(pugi::xml_node body, const LetterCounts& left);

// An article in several boxes of one class, or the posts of a thread, each with a body of its own
// inside: the element around them. Else the body itself.
pugi::xml_node WithItsLikes(pugi::xml_node body, const LetterCounts& left);

}  // namespace sakuin::ingest

#pragma once

// Finds the article on a page that does not say where it is. Include from .cpp files of ingest only.

#include <cstddef>
#include <pugixml.hpp>

namespace sakuin::ingest {

// Letters below a node: a Han or kana character counts one, four others count one.
std::size_t CountLetters(pugi::xml_node node);

// The element whose paragraphs hold most text that is no link. Paragraphs count for the element
// they stand in, half for the one around it: A. Kohlschuetter et al., "Boilerplate Detection using
// Shallow Text Features" (WSDM 2010) for text and link density; counted in characters, not words.
pugi::xml_node FindDensestBody(pugi::xml_node root);

}  // namespace sakuin::ingest

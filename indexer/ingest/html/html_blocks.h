#pragma once

// A cleaned tree -> blocks. Include from .cpp files of ingest only.

#include <functional>
#include <pugixml.hpp>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/ingest/block.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/ingest/html/html_tree.h"
#include "indexer/ingest/text_builder.h"

namespace sakuin::ingest {

// What is known of nodes beforehand, by pugixml's hash value.
struct NodeRoles {
  std::unordered_map<std::size_t, int> headings;  // with their level
  std::unordered_set<std::size_t> bold;           // by the site's style sheet
  bool alt = false;                               // what pictures say of themselves is text
};

// Is told of an element that is passed over, and why.
using NodeNote = std::function<void(pugi::xml_node node, const char* reason)>;

// A picture's `alt`, where it is asked for, is a paragraph that leads to its tag. Inline elements
// join without a blank, blocks and <br> break, ruby keeps its base, a table reads row by row,
// hidden elements are passed over.
std::vector<Block> ReadBlocks(pugi::xml_node body, const HtmlTree& tree, const Decoded& decoded,
                              const NodeRoles& roles, const NodeNote& passed_over = {});

// The text below one node as one line, with its map; of a control or a hidden element, too.
TextBuilder::Line ReadLine(pugi::xml_node node, const HtmlTree& tree, const Decoded& decoded);

// Does an element of that name begin and end lines? (<td> does not: a row is one line.)
bool IsBlockName(std::string_view name);

// Copies a text node piece by piece, so that every entity leads back to its own bytes.
void CopyTextNode(pugi::xml_node text, const HtmlTree& tree, TextBuilder& to);

}  // namespace sakuin::ingest

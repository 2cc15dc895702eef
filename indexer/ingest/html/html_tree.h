#pragma once

// HTML -> a pugixml tree that remembers where every text stands. Include from .cpp files of
// ingest only: pugixml's header must not appear elsewhere.

#include <cstddef>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

// Where a text node stands in the HTML: `raw` is what is written there, entities undecoded.
struct TextPlace {
  std::size_t begin = 0;
  std::string_view raw;
};

// Not thread-safe while parsing, immutable afterwards. html() is the guarded page: as long as the
// one given, blanked where html_guard.h says so.
// Elements are lower case, attributes as they stand (at most kMostAttributes a tag). Comments,
// scripts, styles, templates and noscript are left out.
class HtmlTree {
 public:
  // Guards (html_guard.h), parses by the rules of HTML5, never by those of XML. kBadInput for a
  // page that is too large. `notes` are the guard's.
  static Result<HtmlTree> Parse(std::string html, std::vector<std::string>& notes);

  pugi::xml_node root() const { return document_->document_element(); }
  // nullptr for a node that the parser made up.
  const TextPlace* Place(pugi::xml_node text) const;
  // From its start tag to its end tag, or to the end of what is in it; {0, 0} for an element that
  // the parser made up.
  model::SourceRange ElementPlace(pugi::xml_node element) const;
  const std::string& html() const { return *html_; }

 private:
  std::unique_ptr<std::string> html_;
  std::unique_ptr<pugi::xml_document> document_;
  std::unordered_map<std::size_t, TextPlace> places_;
  std::unordered_map<std::size_t, model::SourceRange> elements_;  // bytes of html_
};

}  // namespace sakuin::ingest

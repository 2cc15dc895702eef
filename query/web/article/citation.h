#pragma once

// How an article is cited.

#include <string>

#include "query/web/messages.h"

namespace sakuin::web {

// Of the web, not a path of a machine.
bool IsAddress(const std::string& uri);

// Empty strings are left out.
struct Citation {
  std::string id;  // of the document
  std::string title;
  std::string author;
  std::string site;
  std::string published;  // ISO 8601
  std::string uri;
  std::string language;
  std::string heading;  // of the section that is cited
};

// An @online entry, or @misc without an address; its key is made of the id. Where nobody is named
// as author the site is, as styles that sort by author need one. What is special to TeX is escaped.
// Ends with a newline. Pure.
std::string BibTeX(const Citation& citation);

// One line for a list of references, with the quotation marks of the page's language.
std::string PlainCitation(const Messages& say, const Citation& citation);

}  // namespace sakuin::web

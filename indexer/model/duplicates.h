#pragma once

// Groups of near-duplicate documents: one article in several places.

#include <string>
#include <unordered_map>
#include <vector>

namespace sakuin::model {

struct Duplicate {
  std::string id;
  std::string uri;
  std::string title;
  std::string language;
  std::string site;
  std::string published;
  double similarity = 0;  // estimated resemblance to the representative, 0 to 1; its own is 1
};

// The representative stands first: the earliest published of those that are dated, else the one of
// the smallest id; the others follow in the same order.
using DuplicateGroup = std::vector<Duplicate>;

// By the id of every document that has duplicates, its representative's id.
using Representatives = std::unordered_map<std::string, std::string>;

// The id that stands for a document's wording: equal for two documents that are one source.
inline const std::string& SourceOf(const Representatives& representatives,
                                   const std::string& document_id) {
  const auto found = representatives.find(document_id);
  return found == representatives.end() ? document_id : found->second;
}

}  // namespace sakuin::model

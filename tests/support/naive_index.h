#pragma once

// The oracle of search: a plain scan over folded sections. Slow, and obviously right.

#include <set>
#include <string>
#include <vector>

#include "indexer/model/document.h"
#include "indexer/text/folding.h"

namespace sakuin::test {

class NaiveIndex {
 public:
  explicit NaiveIndex(const text::Folding& folding) : folding_(folding) {}

  void Add(const model::Document& document);

  // Ids of the sections whose folded heading, text, or readings of these contain the folded phrase.
  std::set<std::string> Find(const std::string& phrase) const;

  // Single lines of headings and texts, for drawing samples from.
  const std::vector<std::string>& lines() const { return lines_; }
  std::size_t size() const { return sections_.size(); }

 private:
  struct Entry {
    std::string id;
    std::string heading;
    std::string text;
  };
  const text::Folding& folding_;
  std::vector<Entry> sections_;
  std::vector<std::string> lines_;
};

}  // namespace sakuin::test

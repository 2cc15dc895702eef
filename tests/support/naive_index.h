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

  // The same in headings alone; and of whole documents in whose title it stands.
  std::set<std::string> FindInHeadings(const std::string& phrase) const;
  std::set<std::string> FindInTitles(const std::string& phrase) const;
  // Both stand in one heading or one text, at most `distance` folded characters apart, in either
  // order; a reading is no text here.
  std::set<std::string> FindNear(const std::string& a, const std::string& b,
                                 std::size_t distance) const;

  // Single lines of headings and texts, for drawing samples from.
  const std::vector<std::string>& lines() const { return lines_; }
  std::size_t size() const { return sections_.size(); }

 private:
  struct Entry {
    std::string id;
    std::string heading;
    std::string text;
    std::string document;
    std::string title;
    std::u32string own_heading;  // without readings
    std::u32string own_text;
  };
  const text::Folding& folding_;
  std::vector<Entry> sections_;
  std::vector<std::string> lines_;
};

}  // namespace sakuin::test

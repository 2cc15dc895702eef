#pragma once

// A folded text cut into lines, sentences and clauses, with its quotations.

#include <cstddef>
#include <string_view>
#include <vector>

#include "indexer/text/folding.h"

namespace sakuin::advice {

// Folded characters, half-open.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool Has(std::size_t at) const { return begin <= at && at < end; }
  bool Has(const Range& other) const { return begin <= other.begin && other.end <= end; }
  std::size_t size() const { return end - begin; }
  friend bool operator==(const Range&, const Range&) = default;
};

struct Sentence {
  Range range;
  std::vector<Range> clauses;  // in order, without their marks; never empty
  std::vector<Range> quotes;   // between quotation marks, outermost ones
  std::size_t line = 0;        // number of the text's line
  bool in_list = false;        // the line is an item among others
  bool asks = false;           // ends with a question mark

  std::size_t ClauseAt(std::size_t at) const;  // place in `clauses`; the one before, for a mark
};

// `original` is what was folded. Pure; O(text).
std::vector<Sentence> CutSentences(std::string_view original, const text::Folded& folded,
                                   bool japanese);

}  // namespace sakuin::advice

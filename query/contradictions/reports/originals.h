#pragma once

// Where a quote stands: the sentences around it, and its line in the input.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/model/source.h"
#include "indexer/store/index_reader.h"

namespace sakuin::contradictions {

struct Original {
  std::string before;  // up to two sentences of the section on each side, as they stand
  std::string after;
  bool more_before = false;  // the section has more
  bool more_after = false;
  std::uint64_t line = 0;    // in the input, from 1; 0: not known
  std::uint64_t column = 0;  // in characters, from 1; 0: not known
};

// The same of a text and the quote's bytes in it, without line and column.
Original ContextOf(const std::string& text, model::Span quote);

// Sets line and column of a byte of the input. Inputs that are records of another file, or whose
// encoding has line ends of several bytes, have none; a column is told of UTF-8 alone.
void SetLine(const model::Source& source, const std::string& encoding, std::uint64_t byte,
             Original& out);

// Keeps the documents that were asked for last.
class Originals {
 public:
  explicit Originals(store::IndexReader& reader) : reader_(reader) {}
  Result<Original> Of(const store::AdviceRecord& record);

 private:
  struct Known {
    model::Document document;
    std::optional<model::Source> source;
  };
  store::IndexReader& reader_;
  std::map<std::string, Known> known_;
};

}  // namespace sakuin::contradictions

#pragma once

// A row of a table -> a record as JSON Lines has them. For containers/*.cpp only.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/containers/table_columns.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

struct TableRow {
  std::string uri;         // of the table
  std::size_t number = 0;  // the row of names is 1
  std::string encoding;    // that the table was read by, and why that one
  std::string encoding_reason;
};

// The uri is the row's own, else "TABLE#ID", else "TABLE#RN". The title is the title, else the
// question; the text is the question (where there is a title beside it), the text and the answer
// with an empty line between them: offsets count that. A source of format "jsonl". kBadInput, with
// "TABLE:row N", for a row without text or with more cells than there are columns.
Result<model::Source> MakeTableRecord(const TableRow& row, const TableColumns& columns,
                                      const std::vector<std::string>& cells,
                                      const DateWords& dates);

}  // namespace sakuin::ingest

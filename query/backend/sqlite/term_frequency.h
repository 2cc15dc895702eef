#pragma once

// The FTS5 auxiliary function sakuin_tf(): counts where the phrases of a MATCH stand in a row.

#include <cstdint>
#include <vector>

#include "indexer/base/result.h"

struct sqlite3;

namespace sakuin::backend {

struct PhraseCounts {
  std::uint32_t heading = 0;
  std::uint32_t text = 0;
};

// Filled anew for every row that is stepped to: one element a phrase of the MATCH.
using RowCounts = std::vector<PhraseCounts>;

// `counts` must outlive the connection.
Status RegisterTermFrequency(sqlite3* db, RowCounts* counts);

}  // namespace sakuin::backend

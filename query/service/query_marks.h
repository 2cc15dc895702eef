#pragma once

// Where the words of a query stand in a text that was not searched for: an article that is read
// with a query in mind.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/section.h"
#include "indexer/model/span.h"
#include "query/plan/plan.h"
#include "query/service/library.h"

namespace sakuin::service {

// Marks the words as they were typed and the other names of what they name; nothing of what the
// query excludes.
class QueryMarks {
 public:
  // Any text is a query; an empty one marks nothing. `desk` must outlive it.
  static Result<QueryMarks> Of(const std::string& query, Desk& desk);

  // Bytes of the text, ascending, without overlap.
  std::vector<model::Span> In(std::string_view text,
                              const std::vector<model::Reading>& readings) const;

 private:
  explicit QueryMarks(const text::Folding& folding) : folding_(&folding) {}

  const text::Folding* folding_;
  std::vector<plan::Plan> plans_;
  std::vector<std::vector<std::size_t>> leaves_;  // of each plan, those that are wanted
};

}  // namespace sakuin::service

#pragma once

// What the knowledge base holds in numbers, counted once for all readers.

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/index_info.h"
#include "query/service/library.h"

namespace sakuin::web {

struct Holdings {
  std::int64_t generation = -1;
  store::Totals totals;
  store::Counts languages;                                       // sections
  store::Counts sites;                                           // sections
  std::vector<std::pair<std::string, std::int64_t>> conditions;  // most sections first
};

// Thread-safe. Counts again only where something was committed, and while somebody writes all the
// time not more often than a tenth of it.
class HoldingsCache {
 public:
  Result<std::shared_ptr<const Holdings>> Now(service::Desk& desk);

 private:
  using Clock = std::chrono::steady_clock;

  std::mutex counting_;  // held by the one who counts
  std::mutex mutex_;     // for what stands below
  std::shared_ptr<const Holdings> current_;
  Clock::duration cost_{};
  Clock::time_point counted_at_;
};

}  // namespace sakuin::web

#pragma once

// The page before anything was asked: what the knowledge base holds, and ways into it.

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/index_info.h"
#include "query/web/view.h"

namespace sakuin::web {

// Of one generation of the knowledge base.
struct Holdings {
  std::int64_t generation = -1;
  store::Totals totals;
  store::Counts languages;                                       // sections
  std::vector<std::pair<std::string, std::int64_t>> conditions;  // most sections first
};

// Thread-safe: counts again only where something was committed.
class HoldingsCache {
 public:
  Result<std::shared_ptr<const Holdings>> Now(service::Desk& desk);

 private:
  std::mutex mutex_;
  std::shared_ptr<const Holdings> current_;
};

Html StartPage(const View& view, const Holdings& holdings);

}  // namespace sakuin::web

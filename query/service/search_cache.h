#pragma once

// Answers of searches that were asked before, for as long as nothing has been committed since.

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "query/results/hit.h"

namespace sakuin::service {

// Thread-safe.
class SearchCache {
 public:
  using Kept = std::shared_ptr<const results::SearchResult>;

  // `most_bytes`: about, of all that is kept. What was not asked for longest goes first.
  explicit SearchCache(std::size_t most_bytes = std::size_t{6} << 20U) : most_bytes_(most_bytes) {}

  // nullptr where it is not known in this generation.
  Kept Find(std::int64_t generation, const results::SearchRequest& request);
  // An answer that alone takes an eighth of the room is not kept.
  void Keep(std::int64_t generation, const results::SearchRequest& request, Kept result);

  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    Kept result;
    std::size_t bytes = 0;
  };
  void Forget();  // all; `mutex_` is held

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::int64_t generation_ = -1;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // the one asked for last comes first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace sakuin::service

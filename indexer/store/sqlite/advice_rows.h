#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/section.h"
#include "indexer/store/advice.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// Advice in its tables. Uses a library of statements that it does not own and that must outlive it.
class AdviceRows {
 public:
  // The number of a section's row.
  using SectionKey = std::int64_t;

  explicit AdviceRows(SqlLibrary& sql) : sql_(sql) {}

  Status Add(SectionKey section, const std::vector<model::Advice>& advice);
  Status Remove(SectionKey section);

  // In order.
  Result<std::vector<model::Advice>> Read(SectionKey section);

  // Of documents in byte order of uri, then id; in reading order. One snapshot. `visit` gives false
  // where no more is wanted.
  Result<AdvicePage> ForEach(const AdviceQuery& query,
                             const std::function<bool(AdviceRecord)>& visit);

  // By its id; kNotFound.
  Result<AdviceRecord> Find(const std::string& id);

 private:
  struct Place;
  Status ReadPlace(SectionKey section, Place& out);
  Result<AdviceRecord> ReadOne(std::int64_t number, const Place& place);
  Status ReadConditions(std::int64_t number, model::Advice& out);

  SqlLibrary& sql_;
};

}  // namespace sakuin::store

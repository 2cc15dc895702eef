#pragma once

// What is shown of witnesses: read when it is asked for, so that a million of them take little.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/advice.h"
#include "indexer/store/index_reader.h"

namespace sakuin::contradictions {

// A list; copies share what was read. What Get() gave stays where it is as long as the list.
class RecordList {
 public:
  RecordList() = default;
  // Reads what is missing from there. Nobody else may use that reader in another thread.
  explicit RecordList(std::shared_ptr<store::IndexReader> reader);

  // One that is at hand, or one to be read by the id of its advice.
  void push_back(store::AdviceRecord record);
  void push_back_id(const std::string& id);
  // Another list's entry, which is left empty there.
  void Move(RecordList& from, std::size_t place);

  std::size_t size() const { return entries_.size(); }

  // In any thread. kNotFound where it is in the knowledge base no more, else what reading fails
  // with.
  Result<const store::AdviceRecord*> Get(std::size_t place) const;
  // The same; a record without anything where Get() fails.
  const store::AdviceRecord& operator[](std::size_t place) const;

 private:
  struct Entry {
    std::shared_ptr<const store::AdviceRecord> record;
    std::uint64_t id = 0;  // of one to be read: its hex digits as a number
  };
  struct Source {
    std::shared_ptr<store::IndexReader> reader;
    std::mutex mutex;
  };
  std::shared_ptr<Source> source_;  // null: all are at hand
  mutable std::vector<Entry> entries_;
};

}  // namespace sakuin::contradictions

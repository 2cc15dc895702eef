#pragma once

// What can be made of an entry before the one writer has it: work for many threads.

#include <memory>
#include <string>

#include "indexer/store/index_writer.h"

namespace sakuin::store {

// Owns a compressor that is used again and again. Not thread-safe: one a thread.
class EntryPreparer {
 public:
  EntryPreparer();

  // Fills in `prepared`; the entry must not change any more.
  void Prepare(Entry& entry);

  EntryPreparer(EntryPreparer&&) noexcept;
  EntryPreparer& operator=(EntryPreparer&&) noexcept;
  ~EntryPreparer();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::store

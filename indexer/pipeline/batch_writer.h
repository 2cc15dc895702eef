#pragma once

// Puts documents into the index in batches: one transaction a document, committed together.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/pipeline/duplicate_linker.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/index_writer.h"

namespace sakuin::pipeline {

// Not thread-safe. Whatever waits is lost when the object goes without Flush().
class BatchWriter {
 public:
  using Committed = std::function<void(const std::vector<std::string>& uris)>;

  // `writer` and `pipeline` must outlive it.
  BatchWriter(store::IndexWriter& writer, Pipeline& pipeline, store::IndexInfo info,
              std::uint64_t batch_bytes, Committed committed);

  // Adds it, or replaces the document of the same id where `replaces` is set.
  Status Put(const store::Entry& entry, bool replaces);
  Status Remove(const std::string& document_id, const std::string& uri);

  // Commits what waits; acknowledges it.
  Status Flush();

 private:
  Status Open();
  Status Settle(const Status& done, const std::string& uri, std::uint64_t bytes);
  void Abandon();
  Status TakeOut(const std::string& document_id);

  store::IndexWriter& writer_;
  Pipeline& pipeline_;
  store::IndexInfo info_;
  DuplicateLinker linker_;
  std::uint64_t batch_bytes_;
  Committed committed_;
  bool open_ = false;
  std::uint64_t waiting_bytes_ = 0;
  std::vector<std::string> waiting_;
  std::chrono::steady_clock::time_point opened_;
};

}  // namespace sakuin::pipeline

#include "indexer/pipeline/batch_writer.h"

#include <utility>

namespace sakuin::pipeline {
namespace {

constexpr std::chrono::seconds kLongestBatch{5};

}  // namespace

BatchWriter::BatchWriter(store::IndexWriter& writer, Pipeline& pipeline, store::IndexInfo info,
                         std::uint64_t batch_bytes, Committed committed)
    : writer_(writer),
      pipeline_(pipeline),
      info_(std::move(info)),
      linker_(writer.duplicates(), pipeline.rules().folding()),
      batch_bytes_(batch_bytes),
      committed_(std::move(committed)) {}

Status BatchWriter::Open() {
  if (open_) return {};
  if (const Status begun = writer_.Begin(); !begun) return begun;
  open_ = true;
  opened_ = std::chrono::steady_clock::now();
  return writer_.SetInfo(info_);
}

Status BatchWriter::Put(const store::Entry& entry, bool replaces) {
  Status done = Open();
  if (done && replaces) done = TakeOut(entry.document.id);
  if (done) done = writer_.Add(entry);
  if (done) done = linker_.Added(entry.document.id, entry.fingerprint);
  return Settle(done, entry.document.uri, entry.source.bytes.size());
}

Status BatchWriter::Remove(const std::string& document_id, const std::string& uri) {
  Status done = Open();
  if (done) done = TakeOut(document_id);
  return Settle(done, uri, 0);
}

Status BatchWriter::TakeOut(const std::string& document_id) {
  const Status done = linker_.Removing(document_id);
  return done ? writer_.Remove(document_id) : done;
}

Status BatchWriter::Settle(const Status& done, const std::string& uri, std::uint64_t bytes) {
  if (!done) {
    Abandon();
    waiting_.clear();
    return done;
  }
  waiting_.push_back(uri);
  waiting_bytes_ += bytes;
  const bool late = std::chrono::steady_clock::now() - opened_ > kLongestBatch;
  if (waiting_bytes_ >= batch_bytes_ || late) return Flush();
  // What waits to be compared takes memory; what waits to be committed does not.
  return linker_.full() ? linker_.Settle() : Status();
}

void BatchWriter::Abandon() {
  (void)writer_.Rollback();
  linker_.Forget();
  open_ = false;
}

Status BatchWriter::Flush() {
  if (!open_) return {};
  waiting_bytes_ = 0;
  const std::vector<std::string> uris = std::exchange(waiting_, {});
  Status done = linker_.Settle();
  if (done) done = writer_.Commit();
  if (!done) {
    Abandon();
    return done;
  }
  open_ = false;
  if (committed_) committed_(uris);
  return {};
}

}  // namespace sakuin::pipeline

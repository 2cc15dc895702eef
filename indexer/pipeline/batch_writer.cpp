#include "indexer/pipeline/batch_writer.h"

#include <utility>

namespace sakuin::pipeline {
namespace {

constexpr std::chrono::seconds kLongestBatch{2};

}  // namespace

BatchWriter::BatchWriter(store::IndexWriter& writer, Pipeline& pipeline, store::IndexInfo info,
                         std::uint64_t batch_bytes, Committed committed)
    : writer_(writer),
      pipeline_(pipeline),
      info_(std::move(info)),
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
  return Settle(done, entry.document.uri, entry.source.bytes.size());
}

Status BatchWriter::Remove(const std::string& document_id, const std::string& uri) {
  Status done = Open();
  if (done) done = TakeOut(document_id);
  return Settle(done, uri, 0);
}

Status BatchWriter::TakeOut(const std::string& document_id) {
  const auto old = writer_.reader().ReadDocument(document_id);
  if (!old) return Pass(old);
  const auto terms = pipeline_.Terms(*old);
  if (!terms) return Pass(terms);
  return writer_.Remove(document_id, &*terms);
}

Status BatchWriter::Settle(const Status& done, const std::string& uri, std::uint64_t bytes) {
  if (!done) {
    (void)writer_.Rollback();
    open_ = false;
    waiting_.clear();
    return done;
  }
  waiting_.push_back(uri);
  waiting_bytes_ += bytes;
  const bool late = std::chrono::steady_clock::now() - opened_ > kLongestBatch;
  return waiting_bytes_ >= batch_bytes_ || late ? Flush() : Status();
}

Status BatchWriter::Flush() {
  if (!open_) return {};
  open_ = false;
  waiting_bytes_ = 0;
  const std::vector<std::string> uris = std::exchange(waiting_, {});
  if (const Status done = writer_.Commit(); !done) {
    (void)writer_.Rollback();
    return done;
  }
  if (committed_) committed_(uris);
  return {};
}

}  // namespace sakuin::pipeline

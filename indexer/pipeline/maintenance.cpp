// Rebuilding and deleting: declared in ingest_run.h.

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "indexer/base/icu.h"
#include "indexer/pipeline/batch_writer.h"
#include "indexer/pipeline/duplicate_linker.h"
#include "indexer/pipeline/ingest_run.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"

namespace sakuin::pipeline {
namespace {

// The document made anew; its own stored sections where the source was not kept or is refused now.
Result<store::Entry> Remake(Pipeline& pipeline, store::IndexReader& reader,
                            const store::DocumentState& state, std::vector<std::string>& warnings) {
  store::Entry entry;
  auto source = reader.ReadSource(state.id);
  if (!source) return Pass(source);
  std::optional<model::Document> document;
  if (*source) {
    (*source)->id = state.id;
    auto read = pipeline.Read(**source);
    if (read) {
      document = std::move(*read);
    } else {
      warnings.push_back(state.uri + ": kept as it was: " + read.error().message);
    }
  }
  if (!document) {
    auto stored = reader.ReadDocument(state.id);
    if (!stored) return Pass(stored);
    document = std::move(*stored);
    pipeline.Describe(*document, document->language);
  }
  auto indexed = pipeline.Index(*document);
  if (!indexed) return Pass(indexed);
  entry.document = std::move(*document);
  entry.terms = std::move(indexed->terms);
  entry.fingerprint = std::move(indexed->fingerprint);
  entry.keep_source = source->has_value();
  if (*source) {
    entry.source = std::move(**source);
  } else {
    entry.source.uri = state.uri;
    entry.source.origin = state.origin;
    entry.source.format = "auto";
  }
  entry.source_digest = state.source_digest;
  entry.rules_digest = pipeline.rules().digest();
  return entry;
}

Status RemakeAll(store::IndexWriter& writer, Pipeline& pipeline,
                 const std::vector<store::DocumentState>& states, const IngestEvents& events,
                 const std::atomic<bool>& stop, IngestSummary& summary) {
  Status done = writer.ClearTerms();
  if (done) done = writer.duplicates().Clear();
  if (!done) return done;
  DuplicateLinker linker(writer.duplicates(), pipeline.rules().folding());
  for (std::size_t i = 0; i < states.size(); ++i) {
    auto entry = Remake(pipeline, writer.reader(), states[i], summary.warnings);
    if (!entry) return Pass(entry);
    done = writer.Remove(states[i].id);
    if (done) done = writer.Add(*entry);
    if (done) done = linker.Added(states[i].id, entry->fingerprint);
    if (done && linker.full()) done = linker.Settle();
    if (!done) return done;
    ++summary.updated;
    summary.bytes += entry->source.bytes.size();
    if (events.progress) events.progress({i + 1, i + 1, states.size(), summary.bytes, 0});
    if (stop.load()) {
      summary.interrupted = true;
      return {};
    }
  }
  return linker.Settle();
}

}  // namespace

Result<IngestSummary> RunRebuild(const std::string& kb, const Rules& rules,
                                 const IngestOptions& options, const IngestEvents& events,
                                 const std::atomic<bool>& stop) {
  const auto start = std::chrono::steady_clock::now();
  auto writer = store::OpenWriter(kb, false);
  if (!writer) return Pass(writer);
  auto pipeline = Pipeline::Create(rules);
  if (!pipeline) return Pass(pipeline);
  IngestSummary summary;
  Status done = (*writer)->Begin();
  if (!done) return Pass(done);
  const auto states = (*writer)->reader().ReadStates();
  if (!states) return Pass(states);
  done = (*writer)->SetInfo(
      {rules.AnalyzerDigest(), rules.digest(), options.program_version, IcuVersion(), 0, 0});
  if (done) done = RemakeAll(**writer, *pipeline, *states, events, stop, summary);
  if (!done || summary.interrupted) {
    (void)(*writer)->Rollback();
    if (!done) return Pass(done);
  } else if (const Status committed = (*writer)->Commit(); !committed) {
    return Pass(committed);
  }
  const auto totals = (*writer)->reader().ReadTotals();
  if (!totals) return Pass(totals);
  summary.totals = *totals;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  summary.seconds = took.count();
  return summary;
}

Result<IngestSummary> RunDelete(const std::string& kb, const Rules& rules,
                                const std::vector<std::string>& ids, bool dry_run) {
  auto writer = store::OpenWriter(kb, false);
  if (!writer) return Pass(writer);
  auto pipeline = Pipeline::Create(rules);
  if (!pipeline) return Pass(pipeline);
  store::IndexReader& reader = (*writer)->reader();
  const auto info = reader.Info();
  if (!info) return Pass(info);
  if (const Status same = CheckAnalyzer(*info, rules.text(), kb); !same) return Pass(same);
  BatchWriter batch(**writer, *pipeline, *info, UINT64_MAX, {});
  IngestSummary summary;
  for (const std::string& id : ids) {
    const auto document = reader.ReadDocument(id);
    if (!document) {
      if (document.error().code != ErrorCode::kNotFound) return Pass(document);
      summary.rejected.push_back({id, document.error().message, ErrorCode::kNotFound});
      continue;
    }
    if (!dry_run) {
      if (const Status done = batch.Remove(id, document->uri); !done) return Pass(done);
    }
    ++summary.removed;
  }
  if (const Status done = batch.Flush(); !done) return Pass(done);
  const auto totals = reader.ReadTotals();
  if (!totals) return Pass(totals);
  summary.totals = *totals;
  return summary;
}

}  // namespace sakuin::pipeline

#pragma once

// A whole ingest: many inputs, several threads, one writer.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/pipeline/collect.h"
#include "indexer/pipeline/rules.h"
#include "indexer/store/index_info.h"

namespace sakuin::pipeline {

struct IngestOptions {
  std::vector<std::string> paths;
  ReadOptions read;
  unsigned jobs = 0;  // threads that analyse; 0: as many as there are cores
  bool prune = false;
  bool dry_run = false;
  bool keep_source = true;
  bool report = false;  // fill in IngestSummary::documents
  // Committed when this many source bytes wait, or after two seconds, whichever comes first.
  std::uint64_t batch_bytes = std::uint64_t{64} << 20U;
  std::string program_version;
};

// A document that says what another one says: `of` is its group's representative.
struct DuplicateFound {
  std::string uri;
  std::string id;
  std::string of;
  std::string of_uri;
  double similarity = 0;
};

// What became of one input, for the person who asks why.
struct DocumentReport {
  std::string uri;
  std::string id;
  bool updated = false;  // else it was added
  std::string encoding;  // and the next ones as in model::Document
  std::string encoding_reason;
  std::uint64_t replaced = 0;
  std::string profile;
  std::string language;
  std::size_t sections = 0;
  std::size_t advice = 0;
  std::size_t truncated = 0;  // sections that break off
  std::vector<model::BlockCount> blocks;
  std::vector<std::string> notes;
};

struct IngestSummary {
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t removed = 0;
  std::vector<Rejected> rejected;
  std::vector<DocumentReport> documents;  // what was added or updated; only where it was asked for
  std::vector<std::string> warnings;      // "uri: 3 malformed bytes became U+FFFD", skipped links
  // Where one of the two was added or updated by this run, after it; by uri. Empty for a dry run.
  std::vector<DuplicateFound> duplicates;
  store::Totals totals;     // of the knowledge base after the run
  std::uint64_t bytes = 0;  // of the inputs read
  double seconds = 0;
  bool interrupted = false;
};

struct IngestProgress {
  std::size_t documents = 0;
  std::size_t files = 0;  // done; each may hold many documents
  std::size_t files_all = 0;
  std::uint64_t bytes = 0;      // of the documents done
  std::uint64_t bytes_all = 0;  // of all files; 0 where that says nothing: packed ones, a pipe
};

// Called from the writing thread. All may be empty.
struct IngestEvents {
  std::function<void(const IngestProgress&)> progress;  // after every document
  // After a commit: these documents are durable now.
  std::function<void(const std::vector<std::string>& uris)> committed;
};

// Law 9: a transaction a document, batched; a pure function of bytes and rules, whatever `jobs` is.
// A bad input is reported in the summary and never stops the others. Fails only where nothing more
// can be done: no knowledge base, disk full, kRulesChanged; what was committed before stays.
// `stop` is looked at between documents: the batch is committed and the summary says interrupted.
Result<IngestSummary> RunIngest(const std::string& kb, const Rules& rules,
                                const IngestOptions& options, const IngestEvents& events,
                                const std::atomic<bool>& stop);

// Makes every document anew, from its stored source, else from its stored sections, by today's
// rules; one transaction: the old state or the new one.
Result<IngestSummary> RunRebuild(const std::string& kb, const Rules& rules,
                                 const IngestOptions& options, const IngestEvents& events,
                                 const std::atomic<bool>& stop);

// Takes documents out; an unknown id is in `rejected`.
Result<IngestSummary> RunDelete(const std::string& kb, const Rules& rules,
                                const std::vector<std::string>& ids, bool dry_run);

// kRulesChanged, naming the command that mends it, where the index was not built by these rules.
Status CheckAnalyzer(const store::IndexInfo& info, const TextRules& rules, const std::string& kb);

}  // namespace sakuin::pipeline

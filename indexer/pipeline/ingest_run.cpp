#include "indexer/pipeline/ingest_run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/base/icu.h"
#include "indexer/pipeline/batch_writer.h"
#include "indexer/pipeline/parallel.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"

namespace sakuin::pipeline {
namespace {

// How much is read ahead of the analysis, and how many analysed documents may wait.
constexpr std::uint64_t kChunkBytes = std::uint64_t{48} << 20U;
constexpr std::size_t kChunkFiles = 4096;
constexpr std::size_t kAhead = 64;

using States = std::unordered_map<std::string, store::DocumentState>;

// What a worker makes of one source.
struct Outcome {
  bool unchanged = false;
  std::optional<store::Entry> entry;
  std::optional<Rejected> rejected;
};

struct Identity {
  std::string id;
  std::string uri;
  std::string place;  // for a person who looks for it
};

std::string IdOf(const model::Source& source) {
  return source.id.empty() ? ingest::DocumentId(source.uri) : source.id;
}

Outcome Analyse(Pipeline& pipeline, const States& states, const IngestOptions& options,
                model::Source source) {
  Outcome out;
  store::Entry entry;
  entry.source_digest = SourceDigest(source);
  entry.rules_digest = pipeline.rules().digest();
  entry.keep_source = options.keep_source;
  const auto known = states.find(IdOf(source));
  if (known != states.end() && known->second.source_digest == entry.source_digest &&
      known->second.rules_digest == entry.rules_digest) {
    out.unchanged = true;
    return out;
  }
  auto document = pipeline.Read(source);
  if (!document) {
    out.rejected = Rejected{source.uri, document.error().message, document.error().code};
    return out;
  }
  auto indexed = pipeline.Index(*document);
  if (!indexed) {
    out.rejected = Rejected{source.uri, indexed.error().message, indexed.error().code};
    return out;
  }
  entry.document = std::move(*document);
  entry.terms = std::move(indexed->terms);
  entry.fingerprint = std::move(indexed->fingerprint);
  entry.source = std::move(source);
  out.entry = std::move(entry);
  return out;
}

DocumentReport ReportOf(const model::Document& document, bool updated) {
  DocumentReport out{document.uri,
                     document.id,
                     updated,
                     document.encoding,
                     document.encoding_reason,
                     document.replaced,
                     document.profile,
                     document.language,
                     document.sections.size(),
                     0,
                     document.blocks,
                     document.notes};
  for (const model::Section& section : document.sections)
    out.truncated += section.truncated ? 1 : 0;
  return out;
}

store::IndexInfo InfoOf(const Rules& rules, const std::string& program) {
  store::IndexInfo info;
  info.analyzer = rules.AnalyzerDigest();
  info.rules = rules.digest();
  info.program = program;
  info.icu = IcuVersion();
  return info;
}

class IngestRun {
 public:
  IngestRun(const Rules& rules, const IngestOptions& options, const IngestEvents& events,
            const std::atomic<bool>& stop)
      : rules_(rules), options_(options), events_(events), stop_(stop) {}

  Result<IngestSummary> Run(const std::string& kb) {
    const auto start = std::chrono::steady_clock::now();
    if (const Status opened = Open(kb); !opened) return Pass(opened);
    const Inputs inputs = CollectInputs(options_.paths);
    summary_.rejected = inputs.rejected;
    for (const std::string& link : inputs.skipped) {
      summary_.warnings.push_back(link + ": a link that leaves its folder was not followed");
    }
    if (inputs.other_kinds > 0) {
      summary_.warnings.push_back(std::to_string(inputs.other_kinds) +
                                  " files of other kinds were passed over; name one to read it");
    }
    if (const Status done = ReadAll(inputs.files); !done) return Pass(done);
    const bool complete = !summary_.interrupted && inputs.rejected.empty();
    if (options_.prune && complete) {
      if (const Status done = Prune(inputs.roots); !done) return Pass(done);
    }
    if (batch_) {
      if (const Status done = batch_->Flush(); !done) return Pass(done);
    }
    if (store::IndexReader* const reader = Reader(); reader != nullptr) {
      const auto totals = reader->ReadTotals();
      if (!totals) return Pass(totals);
      summary_.totals = *totals;
      if (const Status done = ListDuplicates(*reader); !done) return Pass(done);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    summary_.seconds = took.count();
    return std::move(summary_);
  }

 private:
  store::IndexReader* Reader() { return writer_ ? &writer_->reader() : reader_.get(); }

  Status Open(const std::string& kb) {
    if (options_.dry_run) {
      if (files::Exists(kb)) {
        auto reader = store::OpenReader(kb);
        if (!reader) return Pass(reader);
        reader_ = std::move(*reader);
      }
    } else {
      auto writer = store::OpenWriter(kb, true);
      if (!writer) return Pass(writer);
      writer_ = std::move(*writer);
    }
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads = options_.jobs == 0 ? cores : options_.jobs;
    for (unsigned i = 0; i <= threads; ++i) {  // the last one is the writer's own
      auto pipeline = Pipeline::Create(rules_);
      if (!pipeline) return Pass(pipeline);
      pipelines_.push_back(std::move(*pipeline));
    }
    if (writer_) {
      batch_ = std::make_unique<BatchWriter>(*writer_, pipelines_.back(),
                                             InfoOf(rules_, options_.program_version),
                                             options_.batch_bytes, events_.committed);
    }
    return LoadStates(kb);
  }

  Status LoadStates(const std::string& kb) {
    store::IndexReader* const reader = Reader();
    if (reader == nullptr) return {};
    const auto info = reader->Info();
    if (!info) return Pass(info);
    auto states = reader->ReadStates();
    if (!states) return Pass(states);
    if (!states->empty()) {
      if (const Status same = CheckAnalyzer(*info, rules_.text(), kb); !same) return same;
    }
    for (store::DocumentState& state : *states) {
      std::string id = state.id;
      states_.emplace(std::move(id), std::move(state));
    }
    return {};
  }

  // Puts what is read into chunks: enough for all threads, little enough for memory.
  class Chunks : public ingest::SourceSink {
   public:
    explicit Chunks(IngestRun& run) : run_(run) {}

    bool Take(model::Source source) override {
      bytes_ += source.bytes.size();
      waiting_.push_back(std::move(source));
      if (bytes_ >= kChunkBytes || waiting_.size() >= kChunkFiles) Flush();
      return done_.has_value() && !run_.summary_.interrupted;
    }
    void Reject(Error error) override {
      run_.summary_.rejected.push_back({error.where, error.message, error.code});
    }
    void Note(std::string warning) override {
      run_.summary_.warnings.push_back(std::move(warning));
    }
    const Status& Flush() {
      bytes_ = 0;
      const bool wanted = done_ && !waiting_.empty() && !run_.summary_.interrupted;
      std::vector<model::Source> chunk = std::exchange(waiting_, {});
      if (wanted) done_ = run_.ReadChunk(std::move(chunk));
      return done_;
    }

   private:
    IngestRun& run_;
    std::vector<model::Source> waiting_;
    std::uint64_t bytes_ = 0;
    Status done_;
  };

  Status ReadAll(const std::vector<std::string>& files) {
    Chunks chunks(*this);
    files_ = files.size();
    for (const std::string& file : files) {
      if (summary_.interrupted) break;
      ++files_done_;
      // What a damaged file held may still be in it: --prune leaves that alone.
      if (!rules_.source_reader().Read(file, options_.read, chunks)) broken_.insert(file);
    }
    return chunks.Flush();
  }

  Status ReadChunk(std::vector<model::Source> sources) {
    Status failed;
    const auto threads = static_cast<unsigned>(pipelines_.size() - 1);
    OrderedParallel<Outcome> parallel(sources.size(), threads, kAhead);
    const auto identity = [&sources] {
      std::vector<Identity> out;
      for (const model::Source& s : sources) {
        out.push_back({IdOf(s), s.uri, s.place.empty() ? s.uri : s.place});
      }
      return out;
    }();
    for (const model::Source& source : sources) summary_.bytes += source.bytes.size();
    parallel.Run(
        [&](unsigned thread, std::size_t i) {
          return Analyse(pipelines_[thread], states_, options_, std::move(sources[i]));
        },
        [&](std::size_t i, Outcome outcome) {
          failed = Take(identity[i], std::move(outcome));
          if (stop_.load()) summary_.interrupted = true;
          if (events_.progress) {
            const std::size_t left = identity.size() - 1 - i;
            events_.progress(files_done_ > left ? files_done_ - left : 0, files_, summary_.bytes);
          }
          return failed.has_value() && !summary_.interrupted;
        });
    return failed;
  }

  Status Take(const Identity& identity, Outcome outcome) {
    const auto& [id, uri, place] = identity;
    const auto [before, fresh] = seen_.emplace(id, place);
    if (!fresh) {
      summary_.rejected.push_back(
          {place, "has the same id '" + id + "' as " + before->second + ", which was kept"});
      return {};
    }
    if (outcome.rejected) {
      summary_.rejected.push_back(std::move(*outcome.rejected));
      return {};
    }
    if (outcome.unchanged) {
      ++summary_.unchanged;
      return {};
    }
    const store::Entry& entry = *outcome.entry;
    if (entry.document.replaced > 0) {
      summary_.warnings.push_back(uri + ": " + std::to_string(entry.document.replaced) +
                                  " malformed byte sequences became U+FFFD (read as " +
                                  entry.document.encoding +
                                  "; --encoding NAME reads it another way)");
    }
    for (const std::string& note : entry.document.notes) {
      summary_.warnings.push_back(uri + ": " + note);
    }
    const bool replaces = states_.contains(id);
    if (options_.report) summary_.documents.push_back(ReportOf(entry.document, replaces));
    if (batch_) {
      if (const Status done = batch_->Put(entry, replaces); !done) return done;
      written_.insert(id);
    }
    ++(replaces ? summary_.updated : summary_.added);
    return {};
  }

  Status ListDuplicates(store::IndexReader& reader) {
    if (written_.empty() || summary_.totals.duplicates == 0) return {};
    const auto groups = reader.ListDuplicates();
    if (!groups) return Pass(groups);
    for (const model::DuplicateGroup& group : *groups) {
      const model::Duplicate& first = group.front();
      for (std::size_t i = 1; i < group.size(); ++i) {
        const model::Duplicate& other = group[i];
        if (!written_.contains(other.id) && !written_.contains(first.id)) continue;
        summary_.duplicates.push_back({other.uri, other.id, first.id, first.uri, other.similarity});
      }
    }
    const auto by_uri = [](const DuplicateFound& a, const DuplicateFound& b) {
      return std::tie(a.uri, a.id) < std::tie(b.uri, b.id);
    };
    std::sort(summary_.duplicates.begin(), summary_.duplicates.end(), by_uri);
    return {};
  }

  Status Prune(const std::vector<std::string>& roots) {
    std::vector<const store::DocumentState*> gone;
    for (const auto& [id, state] : states_) {
      const bool missing = !seen_.contains(id) && !broken_.contains(state.origin);
      if (missing && IsBelow(state.origin, roots)) gone.push_back(&state);
    }
    std::sort(gone.begin(), gone.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    for (const store::DocumentState* state : gone) {
      if (batch_) {
        if (const Status done = batch_->Remove(state->id, state->uri); !done) return done;
      }
      ++summary_.removed;
    }
    return {};
  }

  const Rules& rules_;
  const IngestOptions& options_;
  const IngestEvents& events_;
  const std::atomic<bool>& stop_;
  std::unique_ptr<store::IndexReader> reader_;  // of a dry run
  std::unique_ptr<store::IndexWriter> writer_;
  std::vector<Pipeline> pipelines_;  // one a thread, the writer's last
  std::unique_ptr<BatchWriter> batch_;
  States states_;
  std::unordered_map<std::string, std::string> seen_;  // id -> place, of this run
  std::set<std::string> broken_;                       // files that were not read to their end
  std::unordered_set<std::string> written_;            // ids added or updated by this run
  std::size_t files_done_ = 0;
  std::size_t files_ = 0;
  IngestSummary summary_;
};

}  // namespace

Status CheckAnalyzer(const store::IndexInfo& info, const TextRules& rules, const std::string& kb) {
  if (info.analyzer == rules.AnalyzerDigest()) return {};
  return Fail(ErrorCode::kRulesChanged,
              "was built with another analyzer, ICU, folding table or thesaurus (its ICU is " +
                  (info.icu.empty() ? std::string("unknown") : info.icu) + ", this program's is " +
                  IcuVersion() + "); run `sakuin --db " + kb + " rebuild`",
              kb);
}

Result<IngestSummary> RunIngest(const std::string& kb, const Rules& rules,
                                const IngestOptions& options, const IngestEvents& events,
                                const std::atomic<bool>& stop) {
  return IngestRun(rules, options, events, stop).Run(kb);
}

}  // namespace sakuin::pipeline

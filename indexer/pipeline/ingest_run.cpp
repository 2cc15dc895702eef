#include "indexer/pipeline/ingest_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/base/icu.h"
#include "indexer/pipeline/batch_writer.h"
#include "indexer/pipeline/packets.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"

namespace sakuin::pipeline {
namespace {

// Of sources that are under way at once, whatever the corpus: the bound of memory.
constexpr std::uint64_t kMostUnderWay = std::uint64_t{8} << 20U;

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
                     0,
                     document.blocks,
                     document.notes};
  for (const model::Section& section : document.sections) {
    out.truncated += section.truncated ? 1 : 0;
    out.advice += section.advice.size();
  }
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

// By (left out, reason).
using BlockTotals = std::map<std::pair<bool, std::string>, std::int64_t>;

std::string Now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

// What the knowledge base keeps of a run.
store::IngestRecord RecordOf(const IngestSummary& summary, const BlockTotals& blocks) {
  store::IngestRecord out;
  out.at = Now();
  out.added = summary.added;
  out.updated = summary.updated;
  out.unchanged = summary.unchanged;
  out.removed = summary.removed;
  out.bytes = summary.bytes;
  out.seconds = summary.seconds;
  out.interrupted = summary.interrupted;
  out.rejected_in_all = static_cast<std::int64_t>(summary.rejected.size());
  for (const Rejected& bad : summary.rejected) {
    if (out.rejected.size() == store::kListedOfRun) break;
    out.rejected.push_back({bad.uri, bad.reason, ErrorCodeName(bad.code)});
  }
  const std::size_t warnings = std::min(summary.warnings.size(), store::kListedOfRun);
  out.warnings.assign(summary.warnings.begin(),
                      summary.warnings.begin() + static_cast<std::ptrdiff_t>(warnings));
  for (const auto& [key, count] : blocks) out.blocks.push_back({!key.first, key.second, count});
  return out;
}

struct Seen {
  std::string place;     // empty: its id says it
  bool written = false;  // added or updated by this run
};

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
    unread_ = summary_.rejected.size();
    if (const Status done = ReadAll(inputs); !done) return Pass(done);
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
    if (writer_) {
      if (const Status done = writer_->LogRun(RecordOf(summary_, blocks_)); !done)
        return Pass(done);
    }
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
    for (unsigned i = 0; i < threads; ++i) {
      auto pipeline = Pipeline::Create(rules_);
      if (!pipeline) return Pass(pipeline);
      workers_.emplace_back(std::move(*pipeline));
    }
    if (writer_) {
      auto pipeline = Pipeline::Create(rules_);
      if (!pipeline) return Pass(pipeline);
      own_ = std::make_unique<Pipeline>(std::move(*pipeline));
      batch_ =
          std::make_unique<BatchWriter>(*writer_, *own_, InfoOf(rules_, options_.program_version),
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

  // One thread reads, `jobs` analyse, this one writes in the order of reading.
  Status ReadAll(const Inputs& inputs) {
    PacketQueue queue(kMostUnderWay);
    PacketSink sink(queue);
    progress_.files_all = inputs.files.size();
    progress_.bytes_all = inputs.bytes;
    std::vector<std::jthread> threads;
    threads.emplace_back([&] { Read(inputs.files, sink, queue); });
    for (Worker& worker : workers_) {
      threads.emplace_back([&] {
        queue.Run([&](Packet packet) {
          return worker.Analyse(std::move(packet), states_, options_.keep_source);
        });
      });
    }
    Status done;
    while (done && !summary_.interrupted) {
      std::optional<Outcomes> outcomes = queue.Take();
      if (!outcomes) break;
      done = TakeAll(std::move(*outcomes));
    }
    queue.Stop();
    threads.clear();  // joins them
    summary_.rejected.insert(summary_.rejected.begin() + static_cast<std::ptrdiff_t>(unread_),
                             sink.rejected.begin(), sink.rejected.end());
    summary_.warnings.insert(summary_.warnings.end(), sink.warnings.begin(), sink.warnings.end());
    broken_ = std::move(sink.broken);
    return done;
  }

  void Read(const std::vector<std::string>& files, PacketSink& sink, PacketQueue& queue) const {
    for (const std::string& file : files) {
      ++sink.files;
      // What a damaged file held may still be in it: --prune leaves that alone.
      if (!rules_.source_reader().Read(file, options_.read, sink)) sink.broken.insert(file);
      if (stop_.load()) break;
    }
    sink.Flush();
    queue.Close();
  }

  Status TakeAll(Outcomes outcomes) {
    std::size_t left = outcomes.all.size();
    for (Outcome& outcome : outcomes.all) {
      progress_.bytes += outcome.bytes;
      summary_.bytes = progress_.bytes;
      const Status done = Take(std::move(outcome));
      ++progress_.documents;
      --left;
      if (outcomes.files > left) progress_.files = std::max(progress_.files, outcomes.files - left);
      if (events_.progress) events_.progress(progress_);
      if (stop_.load()) summary_.interrupted = true;
      if (!done || summary_.interrupted) return done;
    }
    return {};
  }

  Status Take(Outcome outcome) {
    const std::string& id = outcome.id;
    const std::string& uri = outcome.uri;
    const std::string& place = outcome.place;
    // Records are most often named by their id: that is not kept twice.
    const auto [seen, fresh] = seen_.emplace(id, Seen{place == id ? std::string() : place, false});
    if (!fresh) {
      const std::string& before = seen->second.place.empty() ? id : seen->second.place;
      summary_.rejected.push_back(
          {place, "has the same id '" + id + "' as " + before + ", which was kept"});
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
    for (const model::BlockCount& block : entry.document.blocks) {
      blocks_[{!block.kept, block.reason}] += block.count;
    }
    const bool replaces = states_.contains(id);
    if (options_.report) summary_.documents.push_back(ReportOf(entry.document, replaces));
    if (batch_) {
      if (const Status done = batch_->Put(entry, replaces); !done) return done;
      seen->second.written = true;
    }
    ++(replaces ? summary_.updated : summary_.added);
    return {};
  }

  Status ListDuplicates(store::IndexReader& reader) {
    if (summary_.added + summary_.updated == 0 || summary_.totals.duplicates == 0) return {};
    const auto written = [this](const std::string& id) {
      const auto found = seen_.find(id);
      return found != seen_.end() && found->second.written;
    };
    const auto groups = reader.ListDuplicates();
    if (!groups) return Pass(groups);
    for (const model::DuplicateGroup& group : *groups) {
      const model::Duplicate& first = group.front();
      for (std::size_t i = 1; i < group.size(); ++i) {
        const model::Duplicate& other = group[i];
        if (!written(other.id) && !written(first.id)) continue;
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
  std::vector<Worker> workers_;
  std::unique_ptr<Pipeline> own_;  // the writer's
  std::unique_ptr<BatchWriter> batch_;
  KnownStates states_;
  std::unordered_map<std::string, Seen> seen_;  // by id, of this run
  std::set<std::string> broken_;                // files that were not read to their end
  std::size_t unread_ = 0;                      // inputs rejected before reading began
  BlockTotals blocks_;                          // of what was added or updated
  IngestProgress progress_;
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

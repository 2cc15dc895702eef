#pragma once

// What disagrees, kept in memory for many readers: computed once a state of the knowledge base.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/index_reader.h"
#include "indexer/store/reviews.h"
#include "indexer/text/folding.h"
#include "query/contradictions/tension_rules.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::service {

// Immutable: what was found in one generation of the knowledge base, with what was decided until
// then.
struct Findings {
  std::int64_t generation = 0;
  std::shared_ptr<const contradictions::WitnessList> list;
  contradictions::TensionSet found;
  std::vector<store::Review> log;
  std::unordered_map<std::string, std::size_t> finding_of;  // place of a finding by its id
  std::unordered_map<std::string, std::size_t> tension_of;  // place of a pair by its id

  const store::AdviceRecord& RecordA(const contradictions::Tension& t) const {
    return list->records[t.a];
  }
  const store::AdviceRecord& RecordB(const contradictions::Tension& t) const {
    return list->records[t.b];
  }
  // Rises with every entry and every generation: part of an ETag.
  std::string Version() const;
};

// Thread-safe.
class FindingsCache {
 public:
  // Both must outlive it.
  FindingsCache(std::string kb, const text::Folding& folding,
                const contradictions::TensionRules& rules)
      : kb_(std::move(kb)), folding_(folding), rules_(rules) {}

  ~FindingsCache();  // waits for what is being computed
  FindingsCache(const FindingsCache&) = delete;
  FindingsCache& operator=(const FindingsCache&) = delete;

  // As of now where that is cheap: new verdicts always count. Where computing takes long and others
  // are writing, what was found a little earlier, while a thread of its own looks again. kTimeout
  // where nothing is known yet and somebody else is at it for long, kLocked where this cache itself
  // has not done it in time (set_patience). `reader`: the caller's own.
  Result<std::shared_ptr<const Findings>> Now(store::IndexReader& reader);
  // What was found last, if anything was: costs nothing, and may be old.
  std::shared_ptr<const Findings> Known() const;
  std::int64_t KnownGeneration() const;  // of these; -1 without any
  // From now on nobody computes for himself what nobody has found yet: a thread beside does, and
  // who asks waits no longer than this.
  void set_patience(std::chrono::milliseconds patience);
  // Begins to compute beside the caller, so that who asks first need not wait.
  void Prepare();

 private:
  using Clock = std::chrono::steady_clock;

  Result<contradictions::WitnessList> ReadAll(store::IndexReader& reader) const;
  Result<std::shared_ptr<const Findings>> Compute(store::IndexReader& reader,
                                                  std::int64_t generation,
                                                  std::vector<store::Review> log) const;
  std::shared_ptr<const Findings> Decided(const Findings& before,
                                          std::vector<store::Review> log) const;
  // What holds `computing_` may: computes or decides, and keeps it.
  Result<std::shared_ptr<const Findings>> Renew(store::IndexReader& reader, std::int64_t generation,
                                                std::vector<store::Review> log);
  void ComputeBeside();
  Status WaitForFirst();

  const std::string kb_;
  const text::Folding& folding_;
  const contradictions::TensionRules& rules_;
  std::timed_mutex computing_;  // held by the one who computes
  mutable std::mutex mutex_;    // for what stands below
  std::shared_ptr<const Findings> current_;
  Clock::duration cost_{};
  Clock::time_point computed_at_;
  std::optional<std::chrono::milliseconds> patience_;
  std::condition_variable done_;  // something is known, or was not found
  bool beside_ = false;           // `thread_` is at work
  std::thread thread_;
};

}  // namespace sakuin::service

#pragma once

// Whole answers as they went out, for whoever asks the same again. docs/decisions/0031.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/server/message.h"
#include "query/service/library.h"

namespace sakuin::server {

// What the answers of a route change with, besides the request; the route says what of the request.
enum class SharedBy : std::uint8_t {
  kNobody,    // they are somebody's own, or always new
  kIndex,     // every commit of articles
  kFindings,  // these, what was found to disagree, and every verdict
};

struct AnswerCacheOptions {
  std::size_t most_bytes = std::size_t{16} << 20U;
  // While many ask and others write, an answer may be so much older than the last commit: at most
  // this, and at most `per_spent` times what answers have cost lately. Never older than a verdict.
  std::chrono::milliseconds most_late{10'000};
  double per_spent = 10;
};

// Thread-safe. Nothing is computed, and nobody called back, under its lock.
class AnswerCache {
 public:
  using Clock = std::chrono::steady_clock;
  using Kept = std::shared_ptr<const Response>;
  // Gets the answer of who computed it; nullptr: it was not for everybody.
  using Waiter = std::function<void(const Kept&, service::Desk&)>;

  explicit AnswerCache(const AnswerCacheOptions& options = {}) : options_(options) {}

  // Who asks for what.
  struct Wanted {
    std::string key;  // all of the request that the answer depends on
    SharedBy by = SharedBy::kIndex;
    bool fresh = false;  // late ones will not do
  };

  // What the knowledge base is now. Whatever is begun later sees at least this.
  void Notice(const service::Version& now, Clock::time_point at);

  struct Found {
    Kept answer;         // nullptr: none that will do
    bool renew = false;  // it is late: whoever can do so beside the others should compute it again
  };
  Found Find(const Wanted& wanted, Clock::time_point at);

  // The version that an answer is made of, at least.
  struct Label {
    service::Version version;
    std::uint64_t turn = 0;  // of the index and the findings: rises with each
  };
  // True: the caller is to compute, and to call End(). False: somebody is at it, and `waiter` will
  // be called in that one's thread.
  bool Begin(const Wanted& wanted, Clock::time_point at, Label& label, Waiter waiter);
  // `answer`: nullptr where it is not for everybody. Kept where its status is 200 and it takes no
  // more than an eighth of the room. Gives those who wait.
  std::vector<Waiter> End(const Wanted& wanted, const Label& label, const Kept& answer,
                          Clock::duration took, Clock::time_point at);

  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    Kept answer;
    Label label;
    std::size_t bytes = 0;
    Clock::time_point renewed_at;  // when somebody was last asked to
  };
  struct Flight {
    Label label;
    std::vector<Waiter> waiting;
  };
  // What follows wants `mutex_` held.
  bool WillDo(const Label& label, const Wanted& wanted, Clock::time_point at) const;
  Clock::duration LateBy(const Label& label, Clock::time_point at) const;
  Clock::duration MostLate(Clock::time_point at) const;
  double SpentLately(Clock::time_point at) const;
  void Drop(std::list<Entry>::iterator entry);

  const AnswerCacheOptions options_;
  mutable std::mutex mutex_;
  service::Version now_;
  std::uint64_t turn_ = 0;
  std::deque<Clock::time_point> ended_;  // the turns before this one, the last at the end
  double spent_ = 0;                     // seconds, lately
  Clock::time_point spent_at_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // the one asked for last comes first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::unordered_map<std::string, Flight> flights_;
};

}  // namespace sakuin::server

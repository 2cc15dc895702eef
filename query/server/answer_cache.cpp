#include "query/server/answer_cache.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sakuin::server {
namespace {

using std::chrono::duration_cast;

constexpr double kLately = 2;  // seconds after which what was spent counts a third
// A late answer is renewed beside the others when so much of the time has passed that it may be
// late: earlier would be more often than needed, later and somebody would have to wait. Not all at
// once: one commit makes all of them late.
constexpr double kRenewFrom = .4;
constexpr double kRenewUntil = .8;
constexpr std::chrono::seconds kRenewAgain{1};
constexpr std::size_t kShare = 8;

double RenewAt(const std::string& key) {
  constexpr std::size_t kSteps = 64;
  const auto step = static_cast<double>(std::hash<std::string>{}(key) % kSteps);
  return kRenewFrom + (kRenewUntil - kRenewFrom) * step / kSteps;
}

std::size_t BytesOf(const Response& answer, const std::string& key) {
  std::size_t out = sizeof(Response) + 256 + answer.body.capacity() + 3 * key.size();
  for (const auto& [name, value] : answer.headers) out += 64 + name.size() + value.size();
  return out;
}

}  // namespace

void AnswerCache::Notice(const service::Version& now, Clock::time_point at) {
  const std::lock_guard lock(mutex_);
  const bool turned = now.generation != now_.generation || now.findings != now_.findings;
  now_ = now;
  if (!turned) return;
  ++turn_;
  ended_.push_back(at);
  while (at - ended_.front() > options_.most_late) ended_.pop_front();
}

AnswerCache::Clock::duration AnswerCache::LateBy(const Label& label, Clock::time_point at) const {
  const std::uint64_t turns = turn_ - label.turn;
  if (turns == 0) return Clock::duration::zero();
  if (turns > ended_.size()) return Clock::duration::max();
  return at - ended_[ended_.size() - turns];
}

double AnswerCache::SpentLately(Clock::time_point at) const {
  const std::chrono::duration<double> since = at - spent_at_;
  return spent_ * std::exp(-std::max(since.count(), 0.0) / kLately);
}

AnswerCache::Clock::duration AnswerCache::MostLate(Clock::time_point at) const {
  const std::chrono::duration<double> fair(options_.per_spent * SpentLately(at));
  return std::min<Clock::duration>(duration_cast<Clock::duration>(fair), options_.most_late);
}

bool AnswerCache::WillDo(const Label& label, const Wanted& wanted, Clock::time_point at) const {
  if (wanted.by == SharedBy::kFindings && label.version.verdicts != now_.verdicts) return false;
  if (label.turn == turn_) return true;
  return !wanted.fresh && LateBy(label, at) < MostLate(at);
}

AnswerCache::Found AnswerCache::Find(const Wanted& wanted, Clock::time_point at) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(wanted.key);
  if (found == by_key_.end() || !WillDo(found->second->label, wanted, at)) return {};
  Entry& entry = *found->second;
  entries_.splice(entries_.begin(), entries_, found->second);
  Found out{entry.answer, false};
  const bool late = static_cast<double>(LateBy(entry.label, at).count()) >
                    RenewAt(entry.key) * static_cast<double>(MostLate(at).count());
  if (entry.label.turn != turn_ && late && at - entry.renewed_at > kRenewAgain) {
    entry.renewed_at = at;
    out.renew = true;
  }
  return out;
}

bool AnswerCache::Begin(const Wanted& wanted, Clock::time_point at, Label& label, Waiter waiter) {
  const std::lock_guard lock(mutex_);
  label = {now_, turn_};
  const auto found = flights_.find(wanted.key);
  if (found == flights_.end()) {
    flights_.emplace(wanted.key, Flight{label, {}});
    return true;
  }
  // What is being computed may not have seen what this one must see.
  if (!WillDo(found->second.label, wanted, at)) return true;
  found->second.waiting.push_back(std::move(waiter));
  return false;
}

void AnswerCache::Drop(std::list<Entry>::iterator entry) {
  bytes_ -= entry->bytes;
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

std::vector<AnswerCache::Waiter> AnswerCache::End(const Wanted& wanted, const Label& label,
                                                  const Kept& answer, Clock::duration took,
                                                  Clock::time_point at) {
  const std::lock_guard lock(mutex_);
  spent_ = SpentLately(at) + std::chrono::duration<double>(took).count();
  spent_at_ = at;
  std::vector<Waiter> waiting;
  const auto flight = flights_.find(wanted.key);
  if (flight != flights_.end() && flight->second.label.turn == label.turn &&
      flight->second.label.version == label.version) {
    waiting = std::move(flight->second.waiting);
    flights_.erase(flight);
  }
  if (answer == nullptr || answer->status != 200) return waiting;
  const std::size_t bytes = BytesOf(*answer, wanted.key);
  if (bytes > options_.most_bytes / kShare) return waiting;
  const auto before = by_key_.find(wanted.key);
  if (before != by_key_.end()) {
    const Label& old = before->second->label;
    if (old.turn > label.turn || old.version.verdicts > label.version.verdicts) return waiting;
    Drop(before->second);
  }
  while (bytes_ + bytes > options_.most_bytes && !entries_.empty()) Drop(std::prev(entries_.end()));
  entries_.push_front({wanted.key, answer, label, bytes, {}});
  by_key_.emplace(wanted.key, entries_.begin());
  bytes_ += bytes;
  return waiting;
}

std::size_t AnswerCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace sakuin::server

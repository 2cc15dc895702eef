#include "query/service/findings.h"

#include <utility>

#include "query/contradictions/decisions/states.h"

namespace sakuin::service {
namespace {

void Index(Findings& out) {
  for (std::size_t i = 0; i < out.found.findings.size(); ++i) {
    out.finding_of.emplace(out.found.findings[i].id, i);
  }
  for (std::size_t i = 0; i < out.found.tensions.size(); ++i) {
    out.tension_of.emplace(out.found.tensions[i].id, i);
  }
}

bool SameLog(const std::vector<store::Review>& a, const std::vector<store::Review>& b) {
  return a.size() == b.size() && (a.empty() || a.back().id == b.back().id);
}

}  // namespace

std::string Findings::Version() const {
  return std::to_string(generation) + "." + std::to_string(log.size()) +
         (log.empty() ? "" : "." + log.back().id.substr(0, 8));
}

Result<std::shared_ptr<const Findings>> FindingsCache::Compute(
    store::IndexReader& reader, std::int64_t generation, std::vector<store::Review> log) const {
  auto read = contradictions::ReadWitnesses(reader, folding_);
  if (!read) return Pass(read);
  auto out = std::make_shared<Findings>();
  out->generation = generation;
  out->found = contradictions::FindTensions(read->witnesses, rules_);
  contradictions::Decide(log, read->witnesses, out->found.tensions, &folding_);
  out->list = std::make_shared<const contradictions::WitnessList>(std::move(*read));
  out->log = std::move(log);
  Index(*out);
  return std::shared_ptr<const Findings>(std::move(out));
}

std::shared_ptr<const Findings> FindingsCache::Decided(const Findings& before,
                                                       std::vector<store::Review> log) const {
  auto out = std::make_shared<Findings>(before);
  for (contradictions::Tension& tension : out->found.tensions) tension.decided.reset();
  contradictions::Decide(log, out->list->witnesses, out->found.tensions, &folding_);
  out->log = std::move(log);
  return out;
}

std::shared_ptr<const Findings> FindingsCache::Known() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

Result<std::shared_ptr<const Findings>> FindingsCache::Now(store::IndexReader& reader) {
  const auto info = reader.Info();
  if (!info) return Pass(info);
  auto log = store::ReadReviews(kb_);
  if (!log) return Pass(log);
  std::shared_ptr<const Findings> current;
  bool may_wait = false;
  {
    const std::lock_guard lock(mutex_);
    current = current_;
    may_wait = current && Clock::now() - computed_at_ < 5 * cost_;
  }
  const auto fits = [&](const std::shared_ptr<const Findings>& one) {
    return one && one->generation == info->generation && SameLog(one->log, *log);
  };
  if (fits(current)) return current;
  std::unique_lock computing(computing_, std::defer_lock);
  if (current && current->generation != info->generation) {
    // Somebody else is at it, or it was done just now: what is there will do, with today's
    // verdicts.
    if (may_wait || !computing.try_lock()) {
      if (SameLog(current->log, *log)) return current;
      return Decided(*current, std::move(*log));
    }
  } else {
    computing.lock();
  }
  {
    const std::lock_guard lock(mutex_);
    current = current_;
  }
  if (fits(current)) return current;
  const bool only_verdicts = current && current->generation == info->generation;
  const auto began = Clock::now();
  Result<std::shared_ptr<const Findings>> made =
      only_verdicts ? Result<std::shared_ptr<const Findings>>(Decided(*current, std::move(*log)))
                    : Compute(reader, info->generation, std::move(*log));
  if (!made) return made;
  const std::lock_guard lock(mutex_);
  current_ = *made;
  if (!only_verdicts) {
    computed_at_ = Clock::now();
    cost_ = computed_at_ - began;
  }
  return made;
}

}  // namespace sakuin::service

#include "query/service/findings.h"

#include <malloc.h>

#include <utility>

#include "indexer/store/open.h"
#include "query/contradictions/decisions/states.h"

namespace sakuin::service {
namespace {

// Computing that takes no longer is done while the caller waits.
constexpr std::chrono::milliseconds kAtOnce{250};
constexpr std::chrono::seconds kPatience{2};
// Of more pieces of advice the words are read when they are shown: they are most of the memory.
constexpr std::int64_t kMany = 20'000;

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

Result<contradictions::WitnessList> FindingsCache::ReadAll(store::IndexReader& reader) const {
  const auto totals = reader.ReadTotals();
  if (!totals) return Pass(totals);
  if (totals->advice <= kMany) return contradictions::ReadWitnesses(reader, folding_);
  // A reader of the list's own, which lives as long as somebody shows something of it.
  auto own = store::OpenReader(kb_, store::Share::kAmongMany);
  if (!own) return Pass(own);
  return contradictions::ReadWitnesses(std::shared_ptr<store::IndexReader>(std::move(*own)),
                                       folding_);
}

Result<std::shared_ptr<const Findings>> FindingsCache::Compute(
    store::IndexReader& reader, std::int64_t generation, std::vector<store::Review> log) const {
  auto read = ReadAll(reader);
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

std::int64_t FindingsCache::KnownGeneration() const {
  const std::lock_guard lock(mutex_);
  return current_ ? current_->generation : -1;
}

Result<std::shared_ptr<const Findings>> FindingsCache::Renew(store::IndexReader& reader,
                                                             std::int64_t generation,
                                                             std::vector<store::Review> log) {
  std::shared_ptr<const Findings> before;
  {
    const std::lock_guard lock(mutex_);
    before = current_;
  }
  const bool known = before && before->generation == generation;
  if (known && SameLog(before->log, log)) return before;
  const auto began = Clock::now();
  auto made = known ? Result<std::shared_ptr<const Findings>>(Decided(*before, std::move(log)))
                    : Compute(reader, generation, std::move(log));
  if (!made) return made;
  const std::lock_guard lock(mutex_);
  current_ = *made;
  done_.notify_all();
  if (!known) {
    computed_at_ = Clock::now();
    cost_ = computed_at_ - began;
  }
  return made;
}

void FindingsCache::set_patience(std::chrono::milliseconds patience) {
  const std::lock_guard lock(mutex_);
  patience_ = patience;
}

// Where it fails beside, whoever asks looks himself, and is told why.
Status FindingsCache::WaitForFirst() {
  {
    const std::lock_guard lock(mutex_);
    if (!patience_ || current_) return {};
  }
  Prepare();
  std::unique_lock lock(mutex_);
  const bool done = patience_->count() > 0 &&
                    done_.wait_for(lock, *patience_, [this] { return current_ || !beside_; });
  if (done) return {};
  return Fail(ErrorCode::kLocked, "what disagrees is being computed; ask again in a moment");
}

Result<std::shared_ptr<const Findings>> FindingsCache::Now(store::IndexReader& reader) {
  if (const Status known = WaitForFirst(); !known) return Pass(known);
  const auto info = reader.Info();
  if (!info) return Pass(info);
  auto log = store::ReadReviews(kb_);
  if (!log) return Pass(log);
  std::shared_ptr<const Findings> current;
  Clock::duration cost{};
  bool just_done = false;
  {
    const std::lock_guard lock(mutex_);
    current = current_;
    cost = cost_;
    just_done = current && Clock::now() - computed_at_ < 5 * cost_;
  }
  const bool known = current && current->generation == info->generation;
  if (known && SameLog(current->log, *log)) return current;
  std::unique_lock computing(computing_, std::defer_lock);
  if (current && !known && (just_done || cost > kAtOnce || !computing.try_lock())) {
    // It was done just now, or takes long: what is there will do, with today's verdicts.
    if (!just_done) Prepare();
    if (SameLog(current->log, *log)) return current;
    return Decided(*current, std::move(*log));
  }
  if (!computing.owns_lock() && !computing.try_lock_for(kPatience)) {
    return Fail(ErrorCode::kTimeout, "what disagrees is being looked for; ask again in a moment");
  }
  return Renew(reader, info->generation, std::move(*log));
}

void FindingsCache::Prepare() {
  const std::lock_guard lock(mutex_);
  if (beside_) return;
  if (thread_.joinable()) thread_.join();  // it has nothing left to do
  beside_ = true;
  thread_ = std::thread([this] { ComputeBeside(); });
}

// Whoever asks next sees what failed.
void FindingsCache::ComputeBeside() {
  const auto reader = store::OpenReader(kb_, store::Share::kAmongMany);
  if (reader) {
    const std::lock_guard computing(computing_);
    const auto info = (*reader)->Info();
    auto log = store::ReadReviews(kb_);
    if (info && log) (void)Renew(**reader, info->generation, std::move(*log));
  }
#ifdef __GLIBC__
  malloc_trim(0);  // what only the computing needed
#endif
  const std::lock_guard lock(mutex_);
  beside_ = false;
  done_.notify_all();
}

FindingsCache::~FindingsCache() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace sakuin::service

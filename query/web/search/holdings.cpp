#include "query/web/search/holdings.h"

#include <algorithm>

namespace sakuin::web {
namespace {

Result<std::shared_ptr<const Holdings>> Count(service::Desk& desk, std::int64_t generation) {
  auto out = std::make_shared<Holdings>();
  out->generation = generation;
  const auto totals = desk.reader().ReadTotals();
  if (!totals) return Pass(totals);
  out->totals = *totals;
  auto languages = desk.reader().CountBy("language");
  if (!languages) return Pass(languages);
  out->languages = std::move(*languages);
  auto sites = desk.reader().CountBy("site");
  if (!sites) return Pass(sites);
  out->sites = std::move(*sites);
  const auto conditions = desk.reader().CountBy("condition");
  if (!conditions) return Pass(conditions);
  out->conditions.assign(conditions->begin(), conditions->end());
  std::stable_sort(out->conditions.begin(), out->conditions.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

}  // namespace

Result<std::shared_ptr<const Holdings>> HoldingsCache::Now(service::Desk& desk) {
  constexpr int kShare = 10;
  const auto generation = desk.Generation();
  if (!generation) return Pass(generation);
  std::unique_lock counting(counting_, std::defer_lock);
  {
    const std::lock_guard lock(mutex_);
    if (current_ != nullptr &&
        (current_->generation == *generation || Clock::now() - counted_at_ < kShare * cost_ ||
         !counting.try_lock())) {
      return current_;
    }
  }
  if (!counting.owns_lock()) counting.lock();  // nothing is known yet
  const auto start = Clock::now();
  auto made = Count(desk, *generation);
  if (!made) return made;
  const std::lock_guard lock(mutex_);
  current_ = *made;
  counted_at_ = Clock::now();
  cost_ = counted_at_ - start;
  return current_;
}

}  // namespace sakuin::web

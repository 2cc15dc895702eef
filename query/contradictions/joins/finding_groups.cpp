#include "query/contradictions/joins/finding_groups.h"

#include <algorithm>
#include <tuple>

namespace sakuin::contradictions {
namespace {

// In order, without overlaps.
void SortOut(std::vector<Places>& all) {
  std::sort(all.begin(), all.end());
  std::size_t kept = 0;
  for (const Places& one : all) {
    Places* const last = kept == 0 ? nullptr : &all[kept - 1];
    if (last != nullptr && last->of_witnesses == one.of_witnesses && one.begin <= last->end) {
      if (last->end < one.end) last->end = one.end;
    } else {
      all[kept++] = one;
    }
  }
  all.resize(kept);
}

}  // namespace

bool IsBetter(const Candidate& x, const Candidate& y) {
  if (x.severity != y.severity) return x.severity > y.severity;
  if (x.score != y.score) return x.score > y.score;
  return std::tie(x.a, x.b) < std::tie(y.a, y.b);
}

std::size_t FindingKeyHash::operator()(const FindingKey& key) const {
  std::uint64_t out = std::uint64_t{key.action} << 32U | key.other;
  out = out * 0x9E3779B97F4A7C15ULL ^ (std::uint64_t{key.condition} << 32U | key.document);
  out = (out ^ out >> 31U) * 0xD1342543DE82EF95ULL +
        (std::uint64_t{key.focus} << 8U | static_cast<std::uint64_t>(key.kind));
  return static_cast<std::size_t>(out ^ out >> 29U);
}

void FindingGroup::Add(const Candidate& candidate) {
  if (best_.size() == kMost && !IsBetter(candidate, best_.front())) return;
  const auto known = std::find_if(best_.begin(), best_.end(), [&](const Candidate& one) {
    return one.a == candidate.a && one.b == candidate.b;
  });
  if (known != best_.end()) {
    if (!IsBetter(candidate, *known)) return;
    *known = candidate;
    std::make_heap(best_.begin(), best_.end(), IsBetter);
    return;
  }
  best_.push_back(candidate);
  std::push_heap(best_.begin(), best_.end(), IsBetter);
  if (best_.size() <= kMost) return;
  std::pop_heap(best_.begin(), best_.end(), IsBetter);
  best_.pop_back();
}

bool FindingGroup::Wants(Severity severity, double score) const {
  if (best_.size() < kMost) return true;
  const Candidate& worst = best_.front();
  return severity != worst.severity ? severity > worst.severity : score > worst.score;
}

std::vector<Candidate> FindingGroup::Best() const {
  std::vector<Candidate> out = best_;
  std::sort(out.begin(), out.end(), IsBetter);
  return out;
}

// Repeats are taken out when the list has doubled, so that it stays as long as there are places.
void FindingGroup::Count(int side, const Places& places) {
  auto& all = sides_[static_cast<std::size_t>(side)];
  auto& room = room_[static_cast<std::size_t>(side)];
  if (!all.empty() && all.back().of_witnesses == places.of_witnesses &&
      all.back().begin <= places.begin && places.begin <= all.back().end) {
    if (all.back().end < places.end) all.back().end = places.end;
    return;
  }
  all.push_back(places);
  if (all.size() <= std::max<std::size_t>(room, 64)) return;
  SortOut(all);
  room = static_cast<std::uint32_t>(all.size() * 2);
}

std::vector<Places> FindingGroup::Side(int side) const {
  std::vector<Places> out = sides_[static_cast<std::size_t>(side)];
  SortOut(out);
  return out;
}

}  // namespace sakuin::contradictions

#include "query/contradictions/finding_groups.h"

#include <algorithm>
#include <tuple>

namespace sakuin::contradictions {
namespace {

void SortOut(std::vector<std::uint32_t>& places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
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
  out = (out ^ out >> 31U) * 0xD1342543DE82EF95ULL + static_cast<std::uint64_t>(key.kind);
  return static_cast<std::size_t>(out ^ out >> 29U);
}

void FindingGroup::Add(const Candidate& candidate, bool a_is_first) {
  Count(a_is_first ? 0 : 1, candidate.a);
  Count(a_is_first ? 1 : 0, candidate.b);
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

std::vector<Candidate> FindingGroup::Best() const {
  std::vector<Candidate> out = best_;
  std::sort(out.begin(), out.end(), IsBetter);
  return out;
}

// Repeats are taken out when the list has doubled, so that it stays as long as there are places.
void FindingGroup::Count(int side, std::uint32_t place) {
  auto& places = sides_[static_cast<std::size_t>(side)];
  auto& room = room_[static_cast<std::size_t>(side)];
  if (!places.empty() && places.back() == place) return;
  places.push_back(place);
  if (places.size() <= std::max<std::size_t>(room, 64)) return;
  SortOut(places);
  room = places.size() * 2;
}

std::vector<std::uint32_t> FindingGroup::Side(int side) const {
  std::vector<std::uint32_t> out = sides_[static_cast<std::size_t>(side)];
  SortOut(out);
  return out;
}

}  // namespace sakuin::contradictions

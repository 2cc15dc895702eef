#include "query/contradictions/joins/choice.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

namespace sakuin::contradictions {
namespace {

using model::Advice;
constexpr double kOpenEnd = std::numeric_limits<double>::infinity();

// For each part of a dose who ends first and who begins last. Of equals the first counts.
class Extremes {
 public:
  void Look(std::size_t place, const Advice& advice) {
    for (const model::DoseRange& range : advice.dose) {
      auto& [ends_first, begins_last] = parts_[static_cast<std::size_t>(range.part)];
      const double high = range.high.value_or(kOpenEnd);
      if (!ends_first || high < ends_first->first) ends_first = {high, place};
      const double low = range.low.value_or(-kOpenEnd);
      if (!begins_last || low > begins_last->first) begins_last = {low, place};
    }
  }
  void AddTo(std::set<std::size_t>& out) const {
    for (const auto& [ends_first, begins_last] : parts_) {
      if (ends_first) out.insert(ends_first->second);
      if (begins_last) out.insert(begins_last->second);
    }
  }

 private:
  using End = std::optional<std::pair<double, std::size_t>>;
  std::array<std::pair<End, End>, model::kDoseParts.size()> parts_;
};

}  // namespace

std::vector<std::size_t> ChooseSome(
    std::size_t count, std::size_t most,
    const std::function<const model::Advice&(std::size_t)>& advice_of) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), 0);
  if (count <= most) return all;
  Extremes extremes;
  for (const std::size_t i : all) extremes.Look(i, advice_of(i));
  std::set<std::size_t> out;
  extremes.AddTo(out);
  const auto faint = [&advice_of](std::size_t i) {
    const Advice& a = advice_of(i);
    return std::make_tuple(a.implicit, a.attribution, a.phase, -static_cast<int>(a.strength), i);
  };
  std::sort(all.begin(), all.end(),
            [&](std::size_t x, std::size_t y) { return faint(x) < faint(y); });
  using Key = std::tuple<std::optional<double>, std::optional<double>, model::Anchor>;
  std::set<Key> windows;
  for (const std::size_t i : all) {
    if (out.size() >= most) break;
    const auto& window = advice_of(i).window;
    if (!window) continue;
    if (windows.emplace(window->from_hours, window->to_hours, window->anchor).second) out.insert(i);
  }
  for (const std::size_t i : all) {
    if (out.size() >= most) break;
    out.insert(i);
  }
  return {out.begin(), out.end()};
}

}  // namespace sakuin::contradictions

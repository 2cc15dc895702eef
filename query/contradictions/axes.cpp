#include "query/contradictions/axes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace sakuin::contradictions {
namespace {

constexpr double kDegrees = 3;  // Celsius
constexpr double kOpen = std::numeric_limits<double>::infinity();

struct Range {
  double low = 0;
  double high = 0;
};

Range Hours(const model::Window& window) {
  return {window.from_hours.value_or(-kOpen), window.to_hours.value_or(kOpen)};
}

// Is the later end of the two further off than a share of it?
std::optional<double> Gap(double a, double b, double gap) {
  if (std::isinf(a) || std::isinf(b)) return std::nullopt;
  const double larger = std::max(std::abs(a), std::abs(b));
  if (larger == 0) return std::nullopt;
  const double share = std::abs(a - b) / larger;
  return share > gap ? std::optional(share) : std::nullopt;
}

// Parts that say the same thing in other units: {part, part, factor from the first to the second}.
struct Same {
  model::DosePart from;
  model::DosePart to;
  double factor;
};
constexpr std::array<Same, 1> kSame{
    {{model::DosePart::kDurationMinutes, model::DosePart::kDurationSeconds, 60}}};

// Every part in one unit.
std::array<std::optional<Range>, model::kDoseParts.size()> Amounts(const model::Advice& advice) {
  std::array<std::optional<Range>, model::kDoseParts.size()> out;
  for (const model::DoseRange& range : advice.dose) {
    auto part = range.part;
    double factor = 1;
    for (const Same& same : kSame) {
      if (part != same.from) continue;
      part = same.to;
      factor = same.factor;
      break;
    }
    out[static_cast<std::size_t>(part)] = {range.low.value_or(-kOpen) * factor,
                                           range.high.value_or(kOpen) * factor};
  }
  return out;
}

}  // namespace

Agreement ComparePhases(model::Phase a, model::Phase b) {
  using model::Phase;
  if (a == Phase::kUnstated && b == Phase::kUnstated) return Agreement::kBothUnstated;
  if (a == Phase::kUnstated || b == Phase::kUnstated) return Agreement::kOneUnstated;
  if (a == b) return Agreement::kEqual;
  // What is no longer acute is called late, chronic or relieved as the writer likes.
  const auto later = [](Phase p) {
    return p == Phase::kLate || p == Phase::kChronic || p == Phase::kAfterRelief;
  };
  return later(a) && later(b) ? Agreement::kOverlap : Agreement::kDisjoint;
}

Agreement ComparePopulations(const std::string& a, const std::string& b) {
  if (a.empty() && b.empty()) return Agreement::kBothUnstated;
  if (a.empty() || b.empty()) return Agreement::kOneUnstated;
  return a == b ? Agreement::kEqual : Agreement::kDisjoint;
}

Agreement CompareWindows(const std::optional<model::Window>& a,
                         const std::optional<model::Window>& b) {
  if (!a && !b) return Agreement::kBothUnstated;
  if (!a || !b) return Agreement::kOneUnstated;
  using model::Anchor;
  const auto event = [](Anchor anchor) {
    return anchor == Anchor::kInjury || anchor == Anchor::kOnset || anchor == Anchor::kSting;
  };
  if (a->anchor != b->anchor && !(event(a->anchor) && event(b->anchor))) {
    return Agreement::kOneUnstated;
  }
  const Range x = Hours(*a);
  const Range y = Hours(*b);
  if (x.low == y.low && x.high == y.high) return Agreement::kEqual;
  // "At once" is the first moment of what begins then.
  const auto at_once = [](const Range& now, const Range& other) {
    return now.high == 0 && other.low <= 0 && other.high > 0;
  };
  if (at_once(x, y) || at_once(y, x)) return Agreement::kOverlap;
  const bool apart = x.high <= y.low || y.high <= x.low;
  return apart ? Agreement::kDisjoint : Agreement::kOverlap;
}

std::optional<double> BoundaryGap(const model::Window& a, const model::Window& b, double gap) {
  if (a.approximate || b.approximate) return std::nullopt;
  if (CompareWindows(a, b) == Agreement::kOneUnstated) return std::nullopt;
  const Range x = Hours(a);
  const Range y = Hours(b);
  // "Until" against "from" is a plan, not a disagreement.
  const auto begins = Gap(x.low, y.low, gap);
  const auto ends = Gap(x.high, y.high, gap);
  if (std::isinf(x.high) != std::isinf(y.high)) return std::nullopt;
  if (std::isinf(x.high)) return begins;
  const auto both = std::max(begins.value_or(0), ends.value_or(0));
  return both > 0 ? std::optional(both) : std::nullopt;
}

std::optional<DoseGap> CompareDoses(const model::Advice& a, const model::Advice& b, double gap,
                                    Agreement& agreement) {
  agreement = a.dose.empty() && b.dose.empty() ? Agreement::kBothUnstated : Agreement::kOneUnstated;
  if (a.dose.empty() || b.dose.empty()) return std::nullopt;
  const auto x = Amounts(a);
  const auto y = Amounts(b);
  std::optional<DoseGap> out;
  int parts = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!x[i] || !y[i]) continue;
    const bool equal = x[i]->low == y[i]->low && x[i]->high == y[i]->high;
    const double low = std::min(x[i]->high, y[i]->high);
    const double high = std::max(x[i]->low, y[i]->low);
    if (agreement != Agreement::kDisjoint) {
      const bool so_far = agreement == Agreement::kOneUnstated || agreement == Agreement::kEqual;
      agreement = equal && so_far ? Agreement::kEqual : Agreement::kOverlap;
    }
    if (high <= low || std::isinf(high) || std::isinf(low)) continue;
    agreement = Agreement::kDisjoint;
    if (static_cast<model::DosePart>(i) == model::DosePart::kTemperatureC &&
        high - low >= kDegrees) {
      ++parts;
      continue;
    }
    if ((high - low) / std::max(std::abs(high), std::abs(low)) < gap) continue;
    ++parts;
    const double ratio = low > 0 ? high / low : high - low + 1;
    if (out && out->ratio >= ratio) continue;
    out = DoseGap{static_cast<model::DosePart>(i), low, high, ratio};
  }
  if (out) out->parts = parts;
  return out;
}

}  // namespace sakuin::contradictions

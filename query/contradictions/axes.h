#pragma once

// How two pieces of advice stand to each other in time, amount, phase and population.

#include <optional>
#include <string>

#include "query/contradictions/tension.h"

namespace sakuin::contradictions {

Agreement ComparePhases(model::Phase a, model::Phase b);
Agreement ComparePopulations(const std::string& a, const std::string& b);

// Windows of different anchors can't be compared: kOneUnstated. Those that only touch are disjoint.
Agreement CompareWindows(const std::optional<model::Window>& a,
                         const std::optional<model::Window>& b);

// Do two windows of one action, both for it or both against it, end or begin at different hours?
// The gap of the ends as a share of the later one; nothing where it is at most `gap`, where an end
// is soft, or where they can't be compared. What both leave open says nothing.
std::optional<double> BoundaryGap(const model::Window& a, const model::Window& b, double gap);

// The amounts of a part that both give and that have nothing in common.
struct DoseGap {
  model::DosePart part = model::DosePart::kSets;
  double low = 0;  // the nearer ends
  double high = 0;
  double ratio = 1;  // of these, at least 1
  int parts = 1;     // in how many parts they are so far apart
};
// The widest of them; nothing where no part is apart by at least `gap` of the larger number. Of
// temperatures, which have no zero to count from, some degrees count as a part, and never alone.
std::optional<DoseGap> CompareDoses(const model::Advice& a, const model::Advice& b, double gap,
                                    Agreement& agreement);

}  // namespace sakuin::contradictions

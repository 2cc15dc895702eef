#pragma once

// All tensions among many pieces of advice, and the findings that they make.

#include <cstddef>
#include <vector>

#include "query/contradictions/tension.h"
#include "query/contradictions/tension_rules.h"

namespace sakuin::contradictions {

struct TensionSet {
  std::vector<Tension> tensions;
  // The most serious first, then by score, then by id; each names its tensions in such an order.
  std::vector<Finding> findings;
};

// At most so many pairs of a finding, the best, become tensions, and at most so many of all
// findings beside the best of each: further ones say nothing new to an editor. The sources of both
// sides are counted in full.
inline constexpr std::size_t kMostPairsOfFinding = 64;
inline constexpr std::size_t kMostFurtherPairs = 100'000;

// Never all pairs: witnesses that say the same (action, stance, axes, amounts) are one position,
// and only positions of one action family and one condition family are compared; without a
// condition only within one document. O(witnesses log witnesses + pairs of positions of one
// family). What stands in near-duplicate articles (one `source`) is no tension between them and
// counts once. Pure; the order of `witnesses` changes nothing but the places a and b.
TensionSet FindTensions(const std::vector<Witness>& witnesses, const TensionRules& rules);

// What speaks against each of the first `focus` witnesses; pairs of others are left out. The bounds
// hold for each of them alone, so that none is crowded out: one (action, condition, kind) is a
// finding as often as there are such witnesses in it.
TensionSet FindTensionsOf(const std::vector<Witness>& witnesses, std::size_t focus,
                          const TensionRules& rules);

}  // namespace sakuin::contradictions

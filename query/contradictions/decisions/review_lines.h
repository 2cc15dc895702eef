#pragma once

// Reviews and baselines as JSON Lines, for people's own version control (docs/formats/reviews.md).

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/reviews.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::contradictions {

// As it stands today.
store::ReviewedPair PairOf(const Tension& tension, const WitnessList& list);

// {"id","target","state","reason"?,"note"?,"by","at","undoes"?,"pairs"?:[{...}]}, one line each, by
// time.
std::string ReviewLine(const store::Review& review);

// kBadData with "NAME:LINE" for a line that is none of ours, and for one whose id does not belong
// to what it says; without an id it is a new entry. Blank lines are passed over.
Result<std::vector<store::Review>> ReadReviewLines(std::string_view text, const std::string& name);

// A baseline: the pairs that are known, {"id","kind","action","condition"?,"a","b"} a line, by id.
std::string BaselineText(const std::vector<const Tension*>& tensions, const WitnessList& list);

// The ids; kBadData with "NAME:LINE".
Result<std::set<std::string>> ReadBaseline(std::string_view text, const std::string& name);

}  // namespace sakuin::contradictions

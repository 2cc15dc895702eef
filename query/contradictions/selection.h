#pragma once

// What is asked for of all findings, and a page of it: the same from the command line and from a
// server.

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/contradictions/tensions.h"

namespace sakuin::contradictions {

// An empty list and no value leave everything in.
struct TensionFilter {
  std::vector<std::string> conditions;  // ids; what is narrower is to be named too
  std::vector<std::string> actions;     // of either side, as above
  std::optional<Kind> kind;
  Severity severity = Severity::kLow;  // at least
  std::vector<std::string> states;     // StateOf(); "all"; empty: what is to be looked at still
  bool cross_language = false;         // only between two languages, whatever the script
};

// Pure. `witnesses` are those that the tension was found among.
bool Fits(const Tension& tension, const std::vector<Witness>& witnesses,
          const TensionFilter& filter);

// A finding with those of its pairs that are asked for.
struct SelectedFinding {
  const Finding* finding = nullptr;
  const Tension* top = nullptr;          // its best, asked for or not
  std::vector<const Tension*> tensions;  // never empty; the best first
};

// In the order of `found`, which must outlive it. O(tensions).
std::vector<SelectedFinding> SelectFindings(const TensionSet& found,
                                            const std::function<bool(const Tension&)>& wanted);
std::vector<SelectedFinding> SelectFindings(const TensionSet& found,
                                            const std::vector<Witness>& witnesses,
                                            const TensionFilter& filter);

// A cursor names a place in the order, not an entry of it: it still means the same when that entry
// was decided meanwhile, or is gone.
struct PageRequest {
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  std::string after;  // `next` of another page, or empty
};

struct FindingPage {
  std::size_t total = 0;  // findings on all pages
  std::vector<const SelectedFinding*> findings;
  std::string next;  // empty at the end
};
// kUsage for a cursor that is none. Points into `all`.
Result<FindingPage> PageOfFindings(const std::vector<SelectedFinding>& all,
                                   const PageRequest& request);

struct PairPage {
  std::size_t total = 0;     // pairs on all pages
  std::size_t findings = 0;  // that these make
  std::vector<const Tension*> pairs;
  std::string next;
};
// The best pair of each finding, the most serious first, then the others. A cursor of findings goes
// on there too. As above; O(pairs), of which those on the page alone are ever looked at closely.
Result<PairPage> PageOfPairs(const std::vector<SelectedFinding>& all, const PageRequest& request);

}  // namespace sakuin::contradictions

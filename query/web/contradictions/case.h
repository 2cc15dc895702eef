#pragma once

// One finding, or one pair of it, with everything that its page shows.

#include <string>
#include <vector>

#include "query/contradictions/reports/report.h"
#include "query/web/contradictions/asked.h"

namespace sakuin::web {

struct Case {
  const contradictions::Finding* finding = nullptr;
  const contradictions::Tension* shown = nullptr;  // the pair whose quotes stand side by side
  bool is_pair = false;                            // the address names a pair
  std::string id;                                  // of the address: what a verdict here is on
  contradictions::ReportFinding report;            // its first pair is `shown`

  const contradictions::ReportPair& pair() const { return report.pairs.front(); }
};

// kNotFound where there is no such finding or pair today.
Result<Case> ReadCase(const View& view, const service::Findings& findings, const std::string& id);

// The findings before and behind one in the order of the list that was asked for.
struct Neighbours {
  const contradictions::Finding* previous = nullptr;
  const contradictions::Finding* next = nullptr;
  std::size_t place = 0;  // from 1; 0: it is not in the list
  std::size_t all = 0;
};
Neighbours NeighboursOf(const service::Findings& findings,
                        const std::vector<contradictions::SelectedFinding>& list,
                        const contradictions::Finding& finding);

}  // namespace sakuin::web

#pragma once

// Which findings a request asks for, and one of them by its id.

#include <string>

#include "query/api/answers/parameters.h"
#include "query/contradictions/selection.h"
#include "query/service/library.h"

namespace sakuin::api {

// condition, action, kind, severity, state, cross_language.
Parameters FindingParameters();

Result<contradictions::TensionFilter> ReadFindingFilter(const server::Parameters& query,
                                                        service::Desk& desk);

// What an id, or its beginning, names.
struct ChosenFinding {
  const contradictions::Finding* finding = nullptr;
  const contradictions::Tension* pair = nullptr;  // nullptr where it is the finding's own id
};
// kNotFound names what is near. Points into `findings`.
Result<ChosenFinding> ChooseFinding(const service::Findings& findings, const std::string& id);

// {"id","kind","code","severity","score","action","condition"?,"for","against","state",
// "contradictions":[{pair}]}: the finding with its pairs, the best first. The state is its best
// pair's.
nlohmann::ordered_json FindingObject(const service::Findings& findings,
                                     const contradictions::Finding& finding,
                                     const contradictions::ReasonWriter& writer);

// As `contradictions --json` has it.
nlohmann::ordered_json PairObject(const service::Findings& findings,
                                  const contradictions::Tension& pair,
                                  const contradictions::ReasonWriter& writer);

}  // namespace sakuin::api

#pragma once

// The table of positions as JSON and as CSV.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "query/contradictions/position_table.h"
#include "query/contradictions/reasons/reason.h"

namespace sakuin::contradictions {

// When, how much and for whom, in the writer's language; "" where nothing is stated.
std::string WhenAndHow(const ReasonWriter& writer, const model::Advice& advice);

// "recommend", "avoid", or "conditional" with what limits it.
std::string LimitedStance(const model::Advice& advice);

// {"conditions","total","actions":[{"action","label","for","against","positions":[...]}]}:
// docs/cli.md. `table` was made of `records`.
nlohmann::ordered_json PositionsObject(const ReasonWriter& writer,
                                       const std::vector<std::string>& conditions,
                                       const std::vector<store::AdviceRecord>& records,
                                       const std::vector<TableAction>& table);

// A row a piece of advice.
std::string PositionsCsv(const ReasonWriter& writer,
                         const std::vector<store::AdviceRecord>& records,
                         const std::vector<TableAction>& table);

}  // namespace sakuin::contradictions

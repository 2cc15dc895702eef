#pragma once

// The JSON form of advice, the same wherever it is shown.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "indexer/store/advice.h"

namespace sakuin::contradictions {

// {"id","document","section","language","quote","begin","end","action","stance",...}: docs/cli.md
// has all keys. `begin` and `end` are bytes of the input.
nlohmann::ordered_json AdviceObject(const store::AdviceRecord& record);

// A section's advice as a JSON array.
nlohmann::ordered_json SectionAdvice(const model::Document& document,
                                     const model::Section& section);

// "recommend, should".
std::string StanceText(const model::Advice& advice);

// "by at most 48 hours since the injury, 10 to 15 minutes, ...": what it says of time and amount,
// in English; "" where it says nothing.
std::string MeasuresText(const model::Advice& advice);

}  // namespace sakuin::contradictions

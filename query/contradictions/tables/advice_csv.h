#pragma once

#include <string>

#include "indexer/store/advice.h"

namespace sakuin::contradictions {

// A row a piece of advice: docs/cli.md.
std::string AdviceCsvHead();
std::string AdviceCsvRow(const store::AdviceRecord& record);

}  // namespace sakuin::contradictions

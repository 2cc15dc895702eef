#pragma once

// Times and amounts in the reader's words.

#include <string>
#include <vector>

#include "indexer/model/advice.h"
#include "query/contradictions/reasons/phrases.h"

namespace sakuin::contradictions {

// "48 hours", "5 days", "30 minutes": the largest unit of which it is a whole number, days from
// four days on.
std::string HoursInWords(const Phrases& phrases, double hours);

// "from 24 hours to 72 hours after the injury"; "" for a window that is open on both sides.
std::string WindowInWords(const Phrases& phrases, const model::Window& window);

// "3 sets, 10 to 15 repetitions"; "" without any.
std::string DoseInWords(const Phrases& phrases, const std::vector<model::DoseRange>& dose);

// At most one decimal.
std::string NumberInWords(double number);

}  // namespace sakuin::contradictions

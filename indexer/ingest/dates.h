#pragma once

#include <string>
#include <string_view>

#include "indexer/ingest/date_words.h"

namespace sakuin::ingest {

// The first date in a text as ISO 8601, to the precision that is written there; empty where there
// is none. Reads 2024-05-06, 2024/5/6, 2024.05.06, year-month-day with any characters between
// them (Chinese and Japanese dates), each with a time behind it or not; 6 May 2024 and May 6, 2024;
// the eras and digits that `words` knows; ten digits alone are Unix seconds, thirteen milliseconds,
// given in `zone` ("+08:00"; empty: UTC as "Z"). Where no day is written, a year and month:
// 2024-05, 2024/05, May 2024. Pure.
std::string FindDate(std::string_view text, const DateWords& words, std::string_view zone = {});

// Is a date with its day in the text?
bool HoldsDay(std::string_view text, const DateWords& words);

}  // namespace sakuin::ingest

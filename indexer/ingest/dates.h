#pragma once

#include <string>
#include <string_view>

namespace sakuin::ingest {

// The first date in a text as ISO 8601, to the precision that is written there; empty where there
// is none. Reads 2024-05-06, 2024/5/6, 2024.05.06, year-month-day with any characters between
// them (Chinese and Japanese dates), each with a time behind it or not; 6 May 2024 and May 6, 2024;
// ten digits alone are Unix seconds, given in `zone` ("+08:00"; empty: UTC as "Z"). Pure.
std::string FindDate(std::string_view text, std::string_view zone = {});

// Where that date stands: bytes of the text, half-open; {0, 0} where there is none.
struct DatePlace {
  std::size_t begin = 0;
  std::size_t end = 0;
};
DatePlace FindDatePlace(std::string_view text);

}  // namespace sakuin::ingest

#pragma once

// Lines and columns of a text as an editor counts them.

#include <cstddef>
#include <string_view>

namespace sakuin::contradictions {

struct TextPlace {
  std::size_t line = 1;
  std::size_t column = 1;
};

// Where a byte stands. `encoding`: WHATWG's name. Columns are characters in UTF-8 and UTF-16, bytes
// in others, in all of which a byte 0x0A is a line's end. A place beyond the end is the end.
TextPlace PlaceOf(std::string_view bytes, std::size_t at, std::string_view encoding);

}  // namespace sakuin::contradictions

#include "query/contradictions/drafts/text_place.h"

#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

using namespace std::string_literals;

TEST_CASE("lines and columns are counted as an editor counts them", "[contradictions]") {
  const auto at = [](const std::string& text, std::size_t byte, const char* encoding = "UTF-8") {
    const TextPlace place = PlaceOf(text, byte, encoding);
    return std::pair(place.line, place.column);
  };
  using Pair = std::pair<std::size_t, std::size_t>;
  CHECK(at("", 0) == Pair(1, 1));
  CHECK(at("ab\ncd", 4) == Pair(2, 2));
  CHECK(at("ab\r\ncd", 4) == Pair(2, 1));
  CHECK(at("\xE6\x8C\x89\xE6\x91\xA9x", 6) == Pair(1, 3));
  CHECK(at("\xEF\xBB\xBFx", 3) == Pair(1, 1));
  CHECK(at("\xB0\xB4\xC4\xA6x", 4, "GBK") == Pair(1, 5));
  CHECK(at("abc", 99) == Pair(1, 4));
  // U+0A0A has two bytes that look like line ends.
  CHECK(at("\xFF\xFE\x0A\x0A\x0A\x00x\x00"s, 6, "UTF-16LE") == Pair(2, 1));
  CHECK(at("\xFE\xFF\x0A\x0A\x00\x0A\x00x"s, 6, "UTF-16BE") == Pair(2, 1));
  CHECK(at("\x3D\xD8\x00\xDEx\x00"s, 4, "UTF-16LE") == Pair(1, 2));
}

}  // namespace
}  // namespace sakuin::contradictions

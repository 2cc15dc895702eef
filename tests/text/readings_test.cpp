#include "indexer/text/readings.h"

#include "tests/support/catch.h"

namespace sakuin::text {

TEST_CASE("readings of bases that touch are one line", "[text]") {
  const SpokenText spoken = Speak({{{0, 6}, "しっか"}, {{36, 39}, "ひ"}, {{39, 42}, "ふく"}});
  CHECK(spoken.text == "しっか\nひふく");
  CHECK(spoken.Original({0, 9}) == model::Span{0, 6});
  CHECK(spoken.Original({3, 6}) == model::Span{0, 6});  // a part of a reading is all of its base
  CHECK(spoken.Original({10, 19}) == model::Span{36, 42});  // two bases
  CHECK(spoken.Original({13, 16}) == model::Span{39, 42});
  CHECK(spoken.Original({9, 10}) == model::Span{});  // the line break has none
}

TEST_CASE("without readings nothing is spoken", "[text]") { CHECK(Speak({}).text.empty()); }

}  // namespace sakuin::text

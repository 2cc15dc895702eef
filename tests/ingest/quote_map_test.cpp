// Where the quotes of a record of `extract` stood in the first input.

#include "indexer/ingest/records/quote_map.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

model::SourceMap Map(const std::string& advice, bool in_heading = false) {
  return MapOfQuotes(nlohmann::json::parse(advice), in_heading, std::string(40, 'x'));
}

TEST_CASE("a quote keeps the bytes that its record tells", "[ingest]") {
  const auto map =
      Map(R"([{"span":[0,5],"begin":100,"end":112},{"span":[20,40],"begin":200,"end":260},)"
          R"({"span":[24,30],"begin":210,"end":225},{"span":[0,5],"begin":100,"end":112},)"
          R"({"span":[0,9],"begin":7,"end":9,"in_heading":true}])");
  CHECK(map.ToSource({0, 5}) == model::SourceRange{100, 112});
  CHECK(map.ToSource({20, 40}) == model::SourceRange{200, 260});
  CHECK(map.ToSource({24, 30}) == model::SourceRange{210, 225});
  CHECK(Map(R"([{"span":[0,9],"begin":7,"end":9,"in_heading":true}])", true).ToSource({0, 9}) ==
        model::SourceRange{7, 9});
}

TEST_CASE("quotes that share a part, or follow each other, keep their bytes", "[ingest]") {
  const auto map =
      Map(R"([{"span":[0,10],"begin":100,"end":130},{"span":[5,15],"begin":115,"end":150},)"
          R"({"span":[15,20],"begin":160,"end":170}])");
  CHECK(map.ToSource({0, 10}) == model::SourceRange{100, 130});
  CHECK(map.ToSource({5, 15}) == model::SourceRange{115, 150});
  CHECK(map.ToSource({15, 20}) == model::SourceRange{160, 170});
}

TEST_CASE("what no record of ours can hold makes no map", "[ingest]") {
  for (const char* const advice :
       {R"({})", R"([1,{"span":[0]},{"span":[0,5]},{"span":[5,0],"begin":1,"end":2}])",
        R"([{"span":[0,400],"begin":1,"end":2}])", R"([{"span":[0,5],"begin":9,"end":2}])",
        R"([{"span":[-1,5],"begin":1,"end":2}])", R"([{"span":["a",5],"begin":1,"end":2}])",
        R"([{"span":[0,5],"begin":1,"end":9999999999}])",
        R"([{"span":[0,5],"begin":50,"end":60},{"span":[6,9],"begin":10,"end":20}])"}) {
    CAPTURE(advice);
    CHECK(Map(advice).runs().empty());
  }
}

}  // namespace
}  // namespace sakuin::ingest

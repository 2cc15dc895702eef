#include "indexer/base/json_text.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

namespace sakuin::test {
namespace {

TEST_CASE("JSON is read and written on one line, and what is none is said to be none", "[base]") {
  const std::string text = R"({"b":[1,2.5,null,true],"a":"\u00e9"})";
  CHECK(JsonText(ParseOrderedJson(text)) == "{\"b\":[1,2.5,null,true],\"a\":\"\xC3\xA9\"}");
  CHECK(JsonText(ParseJson(text)) == "{\"a\":\"\xC3\xA9\",\"b\":[1,2.5,null,true]}");
  for (const char* bad : {"", "{", "{\"a\":}", "[1] 2", "\"\xFF\""}) {
    CAPTURE(bad);
    CHECK(ParseJson(bad).is_discarded());
    CHECK(ParseOrderedJson(bad).is_discarded());
  }
}

TEST_CASE("bytes that are no UTF-8 do not stop JSON from being written", "[base]") {
  CHECK(JsonText(nlohmann::json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
  CHECK(JsonText(nlohmann::ordered_json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace sakuin::test

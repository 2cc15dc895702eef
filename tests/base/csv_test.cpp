#include "indexer/base/csv.h"

#include "tests/support/catch.h"

namespace sakuin::test {

TEST_CASE("CSV quotes what it has to and disarms formulas", "[base]") {
  CHECK(CsvField("plain text") == "plain text");
  CHECK(CsvField("a,b") == "\"a,b\"");
  CHECK(CsvField("say \"no\"") == "\"say \"\"no\"\"\"");
  CHECK(CsvField("two\nlines") == "\"two\nlines\"");
  CHECK(CsvField("").empty());
  for (const char* const formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
    CHECK(CsvField(formula) == "\"'" + std::string(formula) + "\"");
  }
  CHECK(CsvField("2-3 times") == "2-3 times");
  CHECK(CsvLine({"a", "=b", "c"}) == "a,\"'=b\",c\n");
  CHECK(CsvLine(std::vector<std::string>{}) == "\n");
}

}  // namespace sakuin::test

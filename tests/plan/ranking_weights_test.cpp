#include "query/plan/ranking_weights.h"

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace sakuin::plan {
namespace {

TEST_CASE("the weights that are shipped load, and a mistake in them is told with its line",
          "[plan][data]") {
  const std::string shipped = test::ReadFile(test::RepositoryPath("corpus/ranking/weights.tsv"));
  const auto load = [](const std::string& rows) {
    const test::TempDir temp;
    temp.Write("ranking/weights.tsv", rows);
    const auto loaded = LoadRankingWeights(temp.path());
    return loaded ? std::string() : loaded.error().Text();
  };
  CHECK(load(shipped).empty());
  CHECK(load(shipped + "k1\t1\tagain\n").find("weights.tsv:") != std::string::npos);
  CHECK_FALSE(load(shipped + "k2\t1\tunknown\n").empty());
  CHECK_FALSE(load("k1\t0.9\tthe others are missing\n").empty());
  for (const char* value : {"-1", "", "x", "1x", "nan", "1e9"}) {
    std::string rows = shipped;
    const std::size_t at = rows.find("k1\t") + 3;
    rows.replace(at, rows.find('\t', at) - at, value);
    CHECK_FALSE(load(rows).empty());
  }
}

}  // namespace
}  // namespace sakuin::plan

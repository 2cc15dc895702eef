#include "indexer/ingest/dates.h"

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace sakuin::ingest {
namespace {

DateWords Words() {
  std::string digest;
  auto words = DateWords::Load(test::RepositoryPath("corpus"), digest);
  REQUIRE(words);
  REQUIRE_FALSE(digest.empty());
  return std::move(*words);
}

}  // namespace

TEST_CASE("dates are read in the forms that pages use") {
  const DateWords words = Words();
  for (const TsvRow& row : test::LoadCases("ingest/dates.tsv", 2, 2)) {
    CAPTURE(row.where);
    CHECK(FindDate(row.fields[0], words, "+09:00") == row.fields[1]);
    CHECK(HoldsDay(row.fields[0], words) ==
          (row.fields[1].size() > 7 && row.fields[0].find("171495") == std::string::npos));
  }
}

TEST_CASE("without words only dates of the common era are read") {
  CHECK(FindDate("2024-05-06", {}) == "2024-05-06");
  CHECK(FindDate("令和6年5月6日", {}).empty());
}

TEST_CASE("a row of dates with a mistake is named") {
  const test::TempDir folder;
  std::string digest;
  folder.Write("language/ja/dates.tsv", "era\tX\tnever\n");
  const auto number = DateWords::Load(folder.path(), digest);
  REQUIRE_FALSE(number);
  CHECK(number.error().where.ends_with("dates.tsv:1"));
  folder.Write("language/ja/dates.tsv", "aera\tX\t1\n");
  CHECK_FALSE(DateWords::Load(folder.path(), digest));
}

}  // namespace sakuin::ingest

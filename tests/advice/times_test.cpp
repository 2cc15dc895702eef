#include "indexer/advice/measuring/times.h"

#include "indexer/base/data_dir.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::advice {
namespace {

const TimeRules& Shipped() {
  static const TimeRules rules =
      test::Must(TimeRules::Load(test::Shipped().dir, test::Shipped().folding));
  return rules;
}

std::vector<TimeExpression> Find(const std::string& language, const std::string& text) {
  return Shipped().Find(language, test::Shipped().folding.Fold(text).chars);
}

// What the row says there; "none" where it does not count.
std::string SaidBy(const std::string& rule, const std::string& language, const std::string& text) {
  for (const TimeExpression& one : Find(language, text)) {
    if (one.rule == rule) return Printed(one);
  }
  return "none";
}

TEST_CASE("every row of times reads its example and spares its near miss", "[advice][data]") {
  const std::string language = GENERATE("zh", "ja", "en");
  const std::string path = test::Shipped().dir + "/language/" + language + "/advice_times.tsv";
  for (const TsvRow& row : test::Must(ReadTsv(path, 10, 10))) {
    INFO(row.where << " " << row.fields[2]);
    if (row.fields[1] == "event") continue;
    if (row.fields[1] == "cover") {
      CHECK(Find(language, row.fields[7]).empty());
      continue;
    }
    CHECK(SaidBy(row.fields[0], language, row.fields[7]) == row.fields[8]);
    CHECK(SaidBy(row.fields[0], language, row.fields[9]) == "none");
  }
}

TEST_CASE("times and doses are read exactly", "[advice][data]") {
  const std::string path = std::string(SAKUIN_TESTS_DIR) + "/cases/advice/times.tsv";
  for (const TsvRow& row : test::Must(ReadTsv(path, 3, 3))) {
    INFO(row.where << " " << row.fields[1]);
    std::string said;
    for (const TimeExpression& one : Find(row.fields[0], row.fields[1])) {
      if (one.turns) continue;
      said += (said.empty() ? "" : " | ") + Printed(one);
    }
    CHECK((said.empty() ? "-" : said) == row.fields[2]);
  }
}

TEST_CASE("expressions are in order, apart and inside the text", "[advice]") {
  const std::string text = "每次冷敷15分钟，每天3次，48小时后改为热敷20分钟，10";
  const auto folded = test::Shipped().folding.Fold(text).chars;
  std::size_t last = 0;
  const auto found = Shipped().Find("zh-Hans", folded);
  CHECK(found.size() == 4);
  for (const TimeExpression& one : found) {
    CHECK(one.begin >= last);
    CHECK(one.end > one.begin);
    CHECK(one.end <= folded.size());
    last = one.end;
  }
}

TEST_CASE("a language without rules says nothing", "[advice]") {
  CHECK(Find("und", "10 minutes").empty());
}

}  // namespace
}  // namespace sakuin::advice

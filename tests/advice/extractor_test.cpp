#include "indexer/advice/extractor.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/rules.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/thesaurus/data.h"

namespace sakuin::advice {
namespace {

using test::Must;

const pipeline::Rules& Rules() {
  static const auto rules = Must(pipeline::Rules::Load(test::RepositoryPath("corpus")));
  return *rules;
}

model::Document Read(const std::string& text, const std::string& language) {
  static const auto pipeline = Must(pipeline::Pipeline::Create(Rules()));
  model::Document document;
  document.sections.emplace_back();
  document.sections[0].text = text;
  pipeline.Describe(document, language == "zh" ? "zh-Hans" : language);
  return document;
}

// The stances that a text gives an action.
std::vector<std::string> StancesOf(const model::Document& document, const std::string& action) {
  std::vector<std::string> out;
  for (const model::Advice& one : document.sections[0].advice) {
    if (action != "any" && one.action != action) continue;
    out.emplace_back(model::kStances[static_cast<std::size_t>(one.stance)]);
  }
  return out;
}

TEST_CASE("sentences that mislead", "[advice]") {
  const auto rows = Must(ReadTsv(test::RepositoryPath("tests/cases/advice/traps.tsv"), 4, 4));
  REQUIRE(rows.size() > 30);
  for (const TsvRow& row : rows) {
    const auto stances = StancesOf(Read(row.fields[1], row.fields[0]), row.fields[2]);
    const std::string& expected = row.fields[3];
    INFO(row.where << ": " << row.fields[1] << " [" << row.fields[2] << "] " << expected);
    if (expected == "none") {
      CHECK(stances.empty());
    } else if (expected[0] == '-') {
      CHECK(std::find(stances.begin(), stances.end(), expected.substr(1)) == stances.end());
    } else {
      CHECK(stances == std::vector<std::string>{expected});
    }
  }
}

TEST_CASE("a quote is the text's own words, and holds or touches what it speaks of", "[advice]") {
  const std::string text =
      "Apply ice for 15 minutes. Never massage the calf. Rest, ice and elevate the leg.\n"
      "If it swells, you should see a doctor.";
  const model::Document document = Read(text, "en");
  const auto& advice = document.sections[0].advice;
  REQUIRE_FALSE(advice.empty());
  for (const model::Advice& one : advice) {
    INFO(one.action);
    REQUIRE(one.quote.end <= text.size());
    CHECK(one.quote.begin <= one.action_words.begin);
    CHECK(one.action_words.end <= one.quote.end);
    CHECK(one.quote.In(text).find('\n') == std::string_view::npos);
  }
}

TEST_CASE("why a sentence is advice names its cues and actions", "[advice]") {
  model::Document document = Read("Never massage the calf.", "en");
  const auto texts = Rules().tagger().ReadTexts(document);
  const auto reasons = Rules().advice().Explain(document, texts);
  REQUIRE(reasons.size() == 1);
  REQUIRE(reasons[0].actions.size() == 1);
  CHECK(reasons[0].actions[0].action == "massage");
  CHECK(reasons[0].actions[0].outcome == "avoid");
  CHECK_FALSE(reasons[0].actions[0].cues.empty());
  CHECK(reasons[0].actions[0].advice == 0);
}

TEST_CASE("what was found does not depend on how often or after what it is asked", "[advice]") {
  const model::Document once = Read("Never massage the calf.", "en");
  model::Document again = once;
  const auto texts = Rules().tagger().ReadTexts(again);
  Rules().advice().Extract(again, texts);
  REQUIRE(again.sections[0].advice.size() == once.sections[0].advice.size());
  CHECK(again.sections[0].advice[0].quote == once.sections[0].advice[0].quote);
}

}  // namespace
}  // namespace sakuin::advice

// Completion of concepts, titles and headings.

#include "query/results/completion.h"

#include <nlohmann/json.hpp>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/search_fixture.h"

namespace sakuin::test {
namespace {

using results::Fit;

TEST_CASE("how what was typed stands in a name", "[results][completion]") {
  CHECK(results::FitOf(U"knee pain", U"knee pain") == Fit::kWhole);
  CHECK(results::FitOf(U"knee pain", U"kn") == Fit::kBeginning);
  CHECK(results::FitOf(U"knee pain", U"pa") == Fit::kWordStart);
  CHECK(results::FitOf(U"knee pain", U"ain") == Fit::kNone);
  CHECK(results::FitOf(U"again pain ai", U"ai") == Fit::kWordStart);
  CHECK(results::FitOf(U"\u819D\u75DB", U"\u75DB") == Fit::kInside);  // two Han characters
  CHECK(results::FitOf(U"knee", U"") == Fit::kNone);
}

TEST_CASE("complete lists concepts by any name, titles and headings", "[app][cli][completion]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  const std::string articles = temp.Write(
      "a.jsonl",
      R"({"id":"a","title":"Baker's cyst","sections":[{"heading":"Causes","text":"A Baker's cyst."}]}
{"id":"b","title":"The cyst and the knee","sections":[{"heading":"CAUSES","text":"x"},{"heading":"Because","text":"y"}]}
{"id":"c","title":"Causes of knee pain","text":"z"}
)");
  REQUIRE(RunCli({"--db", kb, "ingest", "--format", "jsonl", articles}).status == 0);
  const auto complete = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--db", kb, "complete", "--json"});
    const CliResult result = RunCli(arguments);
    CAPTURE(result.err);
    return nlohmann::json::parse(result.out);
  };
  const auto texts = [](const nlohmann::json& rows, const char* key) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row[key]);
    return out;
  };
  const auto causes = complete({"cause"});
  CHECK(texts(causes["headings"], "text") ==
        std::vector<std::string>{"Causes", "Causes of knee pain"});
  CHECK(causes["headings"][0]["sections"] == 2);
  CHECK(causes["headings"][0]["is_title"] == false);
  CHECK(causes["headings"][1]["is_title"] == true);
  CHECK(causes["headings"][1]["section"] == "c#0");

  const auto baker = complete({"--ui-language", "ja", "baker"});
  REQUIRE(!baker["concepts"].empty());
  CHECK(baker["concepts"][0]["id"] == "baker-cyst");
  CHECK(baker["concepts"][0]["sections"].get<int>() >= 1);
  const auto* concept_ptr = SharedRules().thesaurus().Find("baker-cyst");
  REQUIRE(concept_ptr != nullptr);
  std::string japanese;
  for (const model::Label& label : concept_ptr->labels) {
    const bool preferred = label.kind == model::LabelKind::kPreferred;
    if (preferred && label.language == "ja") japanese = label.text;
  }
  CHECK(baker["concepts"][0]["label"] == japanese);
  // By a name of any language, and by its pinyin where that is asked for.
  for (const model::Label& label : concept_ptr->labels) {
    if (label.kind == model::LabelKind::kHidden) continue;
    CAPTURE(label.text);
    const auto ids = texts(complete({label.text})["concepts"], "id");
    CHECK(std::find(ids.begin(), ids.end(), "baker-cyst") != ids.end());
  }
  CHECK(complete({"guowonangz"})["concepts"].empty());
  const auto pinyin = texts(complete({"--readings", "guowonangz"})["concepts"], "id");
  CHECK(std::find(pinyin.begin(), pinyin.end(), "baker-cyst") != pinyin.end());
  CHECK(complete({"--limit", "1", "c"})["headings"].size() == 1);
  CHECK(RunCli({"--db", kb, "complete", "qqqq"}).status == 1);
  CHECK_THAT(RunCli({"--db", kb, "complete", "cause"}).out,
             Catch::Contains("Causes of knee pain  c#0  1\n"));
}

}  // namespace
}  // namespace sakuin::test

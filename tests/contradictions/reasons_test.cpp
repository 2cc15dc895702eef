// Reasons in words: the tables of phrases, amounts, and whole reasons as case rows.

#include "indexer/base/files.h"
#include "indexer/model/language.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/reasons/amounts.h"
#include "query/contradictions/reasons/reason.h"
#include "tests/support/advice_records.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace sakuin::contradictions {
namespace {

Phrases Load(const std::string& language) {
  auto out = Phrases::Load(test::RepositoryPath("corpus"), language);
  if (!out) FAIL(out.error().Text());
  return std::move(*out);
}

TEST_CASE("every language has every phrase with its names", "[contradictions]") {
  for (const std::string_view language : model::kLanguages) {
    const Phrases phrases = Load(std::string(language));
    for (const std::string_view key : PhraseKeys()) {
      const std::string name(key.substr(0, key.find(' ')));
      CAPTURE(language, name);
      CHECK(phrases.Say(name) != name);
    }
  }
}

TEST_CASE("a mistake in a table of phrases is told with its line", "[contradictions]") {
  const std::string good = test::ReadFile(test::RepositoryPath("corpus/language/en/reasons.tsv"));
  const auto error = [](const std::string& table) {
    const test::TempDir temp;
    temp.Write("language/en/reasons.tsv", table);
    const auto loaded = Phrases::Load(temp.path(), "en");
    return loaded ? std::string() : loaded.error().Text();
  };
  CHECK(error(good).empty());
  CHECK(error(good + "en\tno.such.phrase\tx\n").find("there is no phrase") != std::string::npos);
  CHECK(error(good + "xx\tneither\t{axes}\n").find("unknown language") != std::string::npos);
  CHECK(error(good + "en\tneither\t{axes}\n").find("stands twice") != std::string::npos);
  CHECK(error(good + "en\tneither\tnothing\n").find("needs {axes}") != std::string::npos);
  CHECK(error(good + "en\tneither\t{axes} {side}\n").find("has no {side}") != std::string::npos);
  CHECK(error(good + "en\tneither\t{axes\n").find("brace") != std::string::npos);
  const std::size_t at = good.find("en\tneither\t");
  const std::string without = good.substr(0, at) + good.substr(good.find('\n', at) + 1);
  CHECK(error(without).find("'neither' is missing") != std::string::npos);
  CHECK(error(good + "en\tneither\t{a}\n").find("reasons.tsv:") != std::string::npos);
}

TEST_CASE("times and amounts are worded as their rows say", "[contradictions]") {
  for (const TsvRow& row : test::LoadCases("contradictions/amounts.tsv", 3, 3)) {
    INFO(row.where);
    const Phrases phrases = Load(row.fields[0]);
    const model::Advice advice = test::MakeAdvice("d ice recommend " + row.fields[1]).advice;
    CHECK((advice.window ? WindowInWords(phrases, *advice.window)
                         : DoseInWords(phrases, advice.dose)) == row.fields[2]);
  }
}

TEST_CASE("why two pieces of advice disagree is told as their rows say", "[contradictions]") {
  const auto thesaurus = *thesaurus::Thesaurus::Load(test::RepositoryPath("corpus"));
  const auto rules = *TensionRules::Load(test::RepositoryPath("corpus"), thesaurus);
  for (const TsvRow& row : test::LoadCases("contradictions/reasons.tsv", 4, 4)) {
    INFO(row.where);
    const Phrases phrases = Load(row.fields[0]);
    const ReasonWriter writer(phrases, rules, [](const std::string& id) { return id; });
    const WitnessList list = test::MakeWitnesses(
        {test::MakeAdvice(row.fields[1], "zh-Hans"), test::MakeAdvice(row.fields[2], "ja")});
    const TensionSet found = FindTensions(list.witnesses, rules);
    REQUIRE(found.tensions.size() == 1);
    const Tension& t = found.tensions[0];
    CHECK(writer.Write(t, list.records[t.a], list.records[t.b]).Text() == row.fields[3]);
  }
}

}  // namespace
}  // namespace sakuin::contradictions

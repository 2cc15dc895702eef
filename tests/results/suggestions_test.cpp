// Did you mean.

#include "query/results/suggestions.h"

#include <map>
#include <nlohmann/json.hpp>

#include "indexer/base/utf8.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/search_fixture.h"

namespace sakuin::test {
namespace {

using results::Yield;

class FewWords : public results::WordSource {
 public:
  explicit FewWords(std::map<std::string, std::uint64_t, std::less<>> words)
      : words_(std::move(words)) {}
  std::uint64_t Frequency(std::string_view word) override {
    const auto found = words_.find(word);
    return found == words_.end() ? 0 : found->second;
  }
  void ForEach(std::size_t least, std::size_t most,
               const std::function<void(std::string_view, std::uint64_t)>& each) override {
    for (const auto& [word, frequency] : words_) {
      const std::size_t size = utf8::Count(word);
      if (size >= least && size <= most) each(word, frequency);
    }
  }

 private:
  std::map<std::string, std::uint64_t, std::less<>> words_;
};

struct Fixture {
  text::Sounds sounds = *text::Sounds::Load(RepositoryPath("corpus"));
  plan::PlanContext context{nullptr,
                            &SharedRules().folding(),
                            &SharedRules().thesaurus(),
                            &SharedRules().matcher(),
                            nullptr,
                            nullptr,
                            {},
                            {}};
  plan::Spellings spellings{SharedRules().thesaurus(), SharedRules().folding(), &sounds};
  std::string Key(const char* word) { return SharedRules().folding().Key(word); }
  FewWords words{{{"peroneal", 40},
                  {"peronael", 1},
                  {"groove", 7},
                  {"retinaculum", 9},
                  {Key("\xE9\xAB\x8C\xE5\x89\x8D"), 30},
                  {Key("\xE6\x94\xAF\xE6\x8C\x81\xE5\xB8\xA6"), 12}}};
};

TEST_CASE("a mistyped query is mended", "[results][suggestions]") {
  Fixture fixture;
  for (const TsvRow& row : LoadCases("plan/suggestions.tsv", 2, 2)) {
    CAPTURE(row.where);
    const auto found =
        results::Suggestions(row.fields[0], fixture.context, fixture.spellings, &fixture.words);
    CHECK((found.empty() ? "-" : found[0].query) == row.fields[1]);
    for (const results::Suggestion& one : found) {
      std::string unchanged = row.fields[0];
      for (auto r = one.replaced.rbegin(); r != one.replaced.rend(); ++r) {
        REQUIRE(r->begin < r->end);
        unchanged.replace(r->begin, r->end - r->begin, r->text);
      }
      CHECK(unchanged == one.query);
    }
  }
}

TEST_CASE("a suggestion is made where it finds more", "[results][suggestions]") {
  Fixture fixture;
  const auto suggest = [&](Yield typed, Yield other) {
    std::size_t asked = 0;
    const auto out = results::Suggest("baker cist", typed, fixture.context, fixture.spellings,
                                      nullptr, [&](const std::string&) {
                                        ++asked;
                                        return other;
                                      });
    CHECK((asked == 0) == !results::NeedsSuggestion(typed));
    return out.has_value();
  };
  CHECK(suggest({0, false}, {1, false}));
  CHECK_FALSE(suggest({1, false}, {1, false}));
  CHECK_FALSE(suggest({3, false}, {90, false}));  // enough as it is
  CHECK(suggest({50, true}, {1, false}));         // all words, where some were left out
  CHECK_FALSE(suggest({50, true}, {0, false}));
  CHECK(suggest({50, true}, {51, true}));
  CHECK_FALSE(suggest({1, false}, {51, true}));
}

TEST_CASE("search says what may have been meant, and reads pinyin", "[app][cli][suggestions]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  const std::string article =
      temp.Write("a.jsonl", R"({"id":"cyst","title":"Baker's cyst","text":"A Baker cyst passes."})"
                            "\n");
  REQUIRE(RunCli({"--db", kb, "ingest", "--format", "jsonl", article}).status == 0);
  const CliResult text = RunCli({"--db", kb, "search", "baker cist"});
  CHECK(text.status == 1);
  CHECK_THAT(text.out, Catch::Contains("did you mean: baker cyst\n"));
  const auto json =
      nlohmann::json::parse(RunCli({"--db", kb, "search", "--json", "baker cist"}).out);
  CHECK(json["suggestion"] == "baker cyst");
  const auto right = nlohmann::json::parse(RunCli({"--db", kb, "search", "--json", "cyst"}).out);
  CHECK(right.count("suggestion") == 0);
  const auto pinyin = nlohmann::json::parse(
      RunCli({"--db", kb, "search", "--json", "--readings", "guowo nangzhong"}).out);
  CHECK(pinyin["total"] == 1);
  CHECK(pinyin["query"] == "guowo nangzhong");
  CHECK(RunCli({"--db", kb, "search", "guowo nangzhong"}).status == 1);
}

}  // namespace
}  // namespace sakuin::test

#include "indexer/advice/action_words.h"

#include <algorithm>

#include "indexer/advice/named_things.h"
#include "indexer/thesaurus/label_matcher.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::advice {
namespace {

const ActionWords& Words() {
  static const ActionWords words = test::Must(
      ActionWords::Load(test::Shipped().dir, test::Shipped().folding, test::Shipped().thesaurus));
  return words;
}

// What a text names, words and labels together.
NamedThings Named(const std::string& language, const std::string& text) {
  const text::Folded folded = test::Shipped().folding.Fold(text);
  NamedThings out =
      SortNames(test::Shipped().matcher.Match(text, folded), test::Shipped().thesaurus);
  Words().AddTo(language, folded.chars, out);
  return out;
}

bool Names(const NamedThings& things, const std::string& action) {
  return std::any_of(things.actions.begin(), things.actions.end(),
                     [&action](const ActionMention& one) { return one.id == action; });
}

TEST_CASE("every row of words names its action in its example and not in its near miss",
          "[advice]") {
  std::size_t rows = 0;
  for (const char* const language : {"zh", "ja", "en"}) {
    const CueTable* const table = Words().Of(language);
    REQUIRE(table != nullptr);
    for (const CueRow& row : table->rows) {
      ++rows;
      INFO(row.where << " " << row.id << ": " << row.example << " / " << row.near_miss);
      CHECK(Names(Named(language, row.example), row.id));
      if (row.near_miss != "-") CHECK_FALSE(Names(Named(language, row.near_miss), row.id));
    }
  }
  CHECK(rows > 300);
}

TEST_CASE("a Japanese verb names its action in all its forms", "[advice]") {
  for (const char* const text :
       {"冷やさない", "冷やします", "冷やす", "冷やせば", "冷やそう", "冷やして", "冷やしましょう",
        "冷やした", "冷やしすぎる", "冷やされる", "冷やさず", "冷やしながら", "冷やせる"}) {
    INFO(text);
    CHECK(Names(Named("ja", "患部を" + std::string(text)), "cold"));
  }
  for (const char* const text : {"温めない", "温めます", "温める", "温めれば", "温めよう", "温めて",
                                 "温めず", "温めすぎる", "温めながら", "温めろ"}) {
    INFO(text);
    CHECK(Names(Named("ja", "腰を" + std::string(text)), "heat"));
  }
  CHECK_FALSE(Names(Named("ja", "冷蔵庫に入れる"), "cold"));
}

TEST_CASE("words that are wider than a name stand in its place", "[advice]") {
  const NamedThings things = Named("ja", "薬を急にやめると危ない");
  CHECK(Names(things, "stop-medication"));
  CHECK_FALSE(Names(things, "medication"));
  const auto apart = [](const Range& a, const Range& b) { return a.end > b.begin; };
  CHECK(std::adjacent_find(things.names.begin(), things.names.end(), apart) == things.names.end());
}

TEST_CASE("a mistake in the words of actions is told with its line", "[advice]") {
  const auto error_of = [](const std::string& rows, const std::string& endings) {
    test::TempDir dir;
    for (const char* const language : {"zh", "ja", "en"}) {
      dir.Write("language/" + std::string(language) + "/advice_actions.tsv", rows);
    }
    dir.Write("language/ja/verb_endings.tsv", endings);
    const auto loaded =
        ActionWords::Load(dir.path(), test::Shipped().folding, test::Shipped().thesaurus);
    return loaded ? std::string() : loaded.error().Text();
  };
  const std::string good = "cold\tchill\t-\t-\tchill it\t-\n";
  CHECK(error_of(good, "u~\ta|b\n").empty());
  CHECK(
      error_of("chilling\tchill\t-\t-\tchill it\t-\n", "u~\ta\n").find("'chilling' is no action") !=
      std::string::npos);
  CHECK(error_of("cold\tchirr~\t-\t-\tchill it\t-\n", "u~\ta\n").find("advice_actions.tsv:1") !=
        std::string::npos);
  CHECK(error_of(good, "u\ta\n").find("verb_endings.tsv:1") != std::string::npos);
}

}  // namespace
}  // namespace sakuin::advice

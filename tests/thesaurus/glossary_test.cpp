#include "indexer/thesaurus/glossary.h"

#include <algorithm>

#include "indexer/base/files.h"
#include "indexer/thesaurus/inflections.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

const Glossary& Shipped() {
  static const Glossary glossary =
      test::Must(Glossary::Load(test::Shipped().dir, test::Shipped().folding));
  return glossary;
}

// The one printed form: "place -> en:word word zh:word" with " | " between places, the translations
// into `into` alone.
std::string Print(const std::string& language, const std::string& text, const std::string& into) {
  const text::Folded folded = test::Shipped().folding.Fold(text);
  std::string out;
  for (const GlossaryMatch& match : Shipped().Find(text, folded, language)) {
    std::string words;
    for (const GlossaryWord* const word : match.translations) {
      if (word->language == into) words += (words.empty() ? "" : ", ") + word->text;
    }
    const model::Span at = folded.Original(match.begin, match.end);
    out += (out.empty() ? "" : " | ") + text.substr(at.begin, at.end - at.begin) + ": " + words;
  }
  return out;
}

TEST_CASE("the glossary translates as its case file says", "[thesaurus][data]") {
  for (const TsvRow& row : test::LoadCases("thesaurus/glossary.tsv", 4, 4)) {
    CAPTURE(row.where);
    CHECK(Print(row.fields[0], row.fields[2], row.fields[1]) == row.fields[3]);
  }
}

TEST_CASE("inflections are as their case file says", "[thesaurus][data]") {
  const JapaneseForms japanese = test::Must(JapaneseForms::Load(test::Shipped().dir));
  for (const TsvRow& row : test::LoadCases("thesaurus/inflections.tsv", 3, 3)) {
    CAPTURE(row.where);
    const bool english = row.fields[0] == "en";
    std::string forms;
    for (const std::string& form :
         english ? EnglishForms(row.fields[1]) : japanese.Of(row.fields[1])) {
      forms += (forms.empty() ? "" : " | ") + form;
    }
    CHECK(forms == row.fields[2]);
  }
}

TEST_CASE("a mistake in the glossary stops with file and line", "[thesaurus][data]") {
  const test::TempDir temp;
  temp.Write("language/ja/endings.tsv",
             test::Must(files::Read(test::Shipped().dir + "/language/ja/endings.tsv")));
  const auto load = [&temp](const std::string& bytes) {
    temp.Write("language/glossary/words.tsv", bytes);
    return Glossary::Load(temp.path(), test::Shipped().folding);
  };
  REQUIRE(load("a;b\tc\td;to d;to e|f|g\n"));
  for (const std::string& row :
       {std::string("a\tb\n"), std::string("a\tb\tc\td\n"), std::string("a;\tb\tc\n"),
        std::string("a\t\tc\n"), std::string("a\tb\t c\n"), std::string("a;A\tb\tc\n"),
        std::string("a\tb\tc;C\n"), std::string("\xE3\x81\x82\tb\tc\n"),
        std::string("a\tb\t\xE6\xB0\xB4\n"), std::string("a|x\tb\tc\n"),
        std::string("x;z\tb\ty\n")}) {
    CAPTURE(row);
    const auto loaded = load("x\tx\ty\n# a comment\n" + row);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with("words.tsv:3"));
  }
  temp.Write("language/ja/endings.tsv", "ab\tc\n");
  CHECK_FALSE(load("x\tx\ty\n"));
}

TEST_CASE("matches of the glossary are in order and never overlap", "[thesaurus][property]") {
  const auto seed = GENERATE(range(0U, 100U));
  CAPTURE(seed);
  const std::string text = test::RandomText(seed) + " " + test::RandomText(seed + 1);
  const text::Folded folded = test::Shipped().folding.Fold(text);
  for (const std::string language : {"zh-Hans", "ja", "en", "und"}) {
    std::size_t at = 0;
    for (const GlossaryMatch& match : Shipped().Find(text, folded, language)) {
      REQUIRE(match.begin >= at);
      REQUIRE(match.end > match.begin);
      REQUIRE_FALSE(match.translations.empty());
      at = match.end;
    }
    REQUIRE(at <= folded.chars.size());
  }
}

}  // namespace
}  // namespace sakuin::thesaurus

#include "query/plan/question_phrases.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"

namespace sakuin::plan {
namespace {

const std::string kCorpus = std::string(SAKUIN_ROOT) + "/corpus";

TEST_CASE("question phrases are found in their examples, and nothing else is", "[plan][data]") {
  const text::Folding& folding = test::SharedRules().folding();
  const auto phrases = QuestionPhrases::Load(kCorpus, folding);
  if (!phrases) FAIL(phrases.error().Text());
  std::size_t read = 0;
  for (const char* language : {"zh", "ja", "en"}) {
    const auto rows = ReadTsv(kCorpus + "/language/" + language + "/question_phrases.tsv", 3, 3);
    REQUIRE(rows);
    for (const TsvRow& row : *rows) {
      CAPTURE(row.where);
      const std::u32string example = folding.Fold(row.fields[2]).chars;
      const std::size_t begin = example.find(folding.Fold(row.fields[0]).chars);
      const auto mark = phrases->Mark(example);
      CHECK(mark[begin]);
      CHECK(std::count(mark.begin(), mark.end(), false) > 0);
      ++read;
    }
  }
  CHECK(read >= phrases->size());
  const auto plain = phrases->Mark(folding.Fold("whatever pains").chars);
  CHECK(std::count(plain.begin(), plain.end(), true) == 0);
}

TEST_CASE("a table of question phrases with a mistake does not load", "[plan]") {
  const text::Folding& folding = test::SharedRules().folding();
  const auto load = [&](const std::string& rows) {
    const test::TempDir temp;
    for (const char* language : {"zh", "ja", "en"}) {
      temp.Write(std::string("language/") + language + "/question_phrases.tsv",
                 std::string(language) == "en" ? rows : "");
    }
    const auto loaded = QuestionPhrases::Load(temp.path(), folding);
    return loaded ? std::string() : loaded.error().Text();
  };
  CHECK(load("what is\tquestion\twhat is gout\n").empty());
  CHECK(load("what is\tanswer\twhat is gout\n").find("question_phrases.tsv:1") !=
        std::string::npos);
  CHECK_FALSE(load("what is\tquestion\tgout\n").empty());
  CHECK_FALSE(load("what\tquestion\twhat\nWHAT\tquestion\twhat\n").empty());
  CHECK_FALSE(load("what\tquestion\n").empty());
}

}  // namespace
}  // namespace sakuin::plan

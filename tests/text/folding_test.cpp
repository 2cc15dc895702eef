#include "indexer/text/folding.h"

#include "indexer/base/utf8.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"

namespace sakuin::text {
namespace {

const Folding& Tables() { return test::SharedRules().folding(); }

TEST_CASE("folding gives what its case rows say", "[text][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("text/folding.tsv", 2, 2)));
  CAPTURE(row.where);
  CHECK(Tables().Key(row.fields[0]) == row.fields[1]);
}

TEST_CASE("a fold is stable and its map is ordered and inside the text", "[text][property]") {
  const int seed = GENERATE(range(0, 300));
  CAPTURE(seed);
  const std::string text = test::RandomText(static_cast<unsigned>(seed));
  const Folded folded = Tables().Fold(text);
  REQUIRE(folded.chars.size() == folded.spans.size());
  for (std::size_t i = 0; i < folded.spans.size(); ++i) {
    REQUIRE(folded.spans[i].begin < folded.spans[i].end);
    REQUIRE(folded.spans[i].end <= text.size());
    if (i > 0) {
      REQUIRE(folded.spans[i].begin >= folded.spans[i - 1].begin);
      REQUIRE(folded.spans[i].end >= folded.spans[i - 1].end);
    }
  }
  const std::string key = utf8::Encode(folded.chars);
  CHECK(Tables().Key(key) == key);  // folding twice changes nothing more
}

TEST_CASE("another spelling of a text has the same fold", "[text][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  const std::string text = test::RandomText(static_cast<unsigned>(seed));
  const std::string variant = test::Variant(text, static_cast<unsigned>(seed));
  CAPTURE(text, variant);
  CHECK(Tables().Key(variant) == Tables().Key(text));
}

TEST_CASE("a folding table with a mistake stops with its file and line", "[text][data]") {
  const test::TempDir temp;
  temp.Write("folding/ignorable.tsv", "00AD\t00AD\tsoft hyphen\n");
  const std::vector<std::pair<std::string, std::string>> rows{
      {"A\tB\nC\n", "han.tsv:2"}, {"A\tB\nB\tC\n", "han.tsv:2"}, {"AB\tC\n", "han.tsv:1"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    temp.Write("folding/han.tsv", bytes);
    const auto loaded = Folding::Load(temp.path());
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with(where));
  }
}

}  // namespace
}  // namespace sakuin::text

#include "indexer/thesaurus/aspects.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

const AspectRules& Rules() {
  static const AspectRules rules =
      test::Must(AspectRules::Load(test::Shipped().dir, test::Shipped().folding));
  return rules;
}

std::vector<std::string> Find(const std::string& language, const std::string& heading,
                              const std::string& parent, const std::string& text) {
  const text::Folding& folding = test::Shipped().folding;
  const std::u32string folded_heading = folding.Fold(heading).chars;
  const std::u32string folded_parent = folding.Fold(parent).chars;
  const std::u32string folded_text = folding.Fold(text).chars;
  return Rules().Find({language, folded_heading, folded_parent, folded_text});
}

TEST_CASE("aspects of sections", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/aspects.tsv", 5, 5)));
  CAPTURE(row.where);
  std::string said;
  for (const std::string& aspect :
       Find(row.fields[0], row.fields[1], row.fields[2], row.fields[3])) {
    said += (said.empty() ? "" : " ") + aspect;
  }
  CHECK(said == (row.fields[4] == "-" ? "" : row.fields[4]));
}

TEST_CASE("aspects are of the ten and none twice", "[thesaurus][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  const auto n = static_cast<unsigned>(seed);
  const std::string text = test::RandomText(n);
  for (const char* const language : {"zh-Hans", "ja", "en", "und", ""}) {
    const auto found = Find(language, test::RandomText(n + 1), "", text);
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(std::count(kAspects.begin(), kAspects.end(), found[i]) == 1);
      CHECK(std::count(found.begin(), found.end(), found[i]) == 1);
    }
    CHECK(Find(language, test::RandomText(n + 1), "", text) == found);
  }
}

TEST_CASE("a cue table with a mistake stops with its line", "[thesaurus][data]") {
  const test::TempDir temp;
  for (const char* const language : {"zh", "ja"}) {
    temp.Write(std::string("language/") + language + "/aspects.tsv", "# none\n");
  }
  const std::vector<std::pair<std::string, std::string>> rows{
      {"# a\nsymtom\tache\ttext\t1\tIt aches.\n", ":2"},
      {"symptom\tache\tbody\t1\tIt aches.\n", ":1"},
      {"symptom\tache\ttext\t0\tIt aches.\n", ":1"},
      {"symptom\tache\ttext\tmuch\tIt aches.\n", ":1"},
      {"symptom\tache\ttext\t1\tIt hurts.\n", ":1"},
      {"symptom\t\ttext\t1\tIt hurts.\n", ":1"},
      {"symptom\tache\ttext\t1\n", ":1"},
      {"symptom\tache\ttext\t1\tIt aches.\nsymptom\tACHE\tboth\t1\tIt aches.\n", ":2"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    temp.Write("language/en/aspects.tsv", bytes);
    const auto loaded = AspectRules::Load(temp.path(), test::Shipped().folding);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with("aspects.tsv" + where));
  }
  temp.Write("language/en/aspects.tsv",
             "symptom\tache\ttext\t1\tIt aches.\nsymptom\tache\theading\t2\tIt aches.\n");
  CHECK(AspectRules::Load(temp.path(), test::Shipped().folding));
}

}  // namespace
}  // namespace sakuin::thesaurus

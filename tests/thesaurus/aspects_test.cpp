#include "indexer/thesaurus/aspects.h"

#include <algorithm>
#include <cmath>

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
  AspectInput input{language, folded_heading, folded_parent, folded_text};
  return Rules().Find(input);
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
  temp.Write("language/aspect_weights.tsv", "# none\n");
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
             "symptom\tache\ttext\t1\tIt aches.\nsymptom\tache\theading\t0.5\tIt aches.\n");
  CHECK(AspectRules::Load(temp.path(), test::Shipped().folding));
}

TEST_CASE("a weight with a mistake stops with its line", "[thesaurus][data]") {
  const test::TempDir temp;
  for (const char* const language : {"zh", "ja", "en"}) {
    temp.Write(std::string("language/") + language + "/aspects.tsv", "# none\n");
  }
  const std::vector<std::pair<std::string, std::string>> rows{
      {"# a\nsymtom\tbias\t1\n", ":2"},  {"symptom\tbody:cause\t1\n", ":1"},
      {"symptom\ttext:ache\t1\n", ":1"}, {"symptom\tbias\t0\n", ":1"},
      {"symptom\tbias\tmuch\n", ":1"},   {"symptom\tbias\tinf\n", ":1"},
      {"symptom\tbias\n", ":1"},         {"faq\tlead\t1\nfaq\tlead\t2\n", ":2"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    temp.Write("language/aspect_weights.tsv", bytes);
    const auto loaded = AspectRules::Load(temp.path(), test::Shipped().folding);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with("aspect_weights.tsv" + where));
  }
}

TEST_CASE("an aspect is explained by its cues", "[thesaurus][data]") {
  const test::TempDir temp;
  for (const char* const language : {"zh", "ja"}) {
    temp.Write(std::string("language/") + language + "/aspects.tsv", "# none\n");
  }
  temp.Write("language/en/aspects.tsv",
             "symptom\tpain\ttext\t1\tIt is a pain.\n"
             "medicine\tpainkiller\ttext\t1\tTake a painkiller.\n"
             "none\tpaint\ttext\t1\tThe paint is dry.\n"
             "treatment\tremed\theading\t1\tRemedies\n");
  temp.Write("language/aspect_weights.tsv",
             "treatment\tbias\t-1\ntreatment\theading:treatment\t2\n"
             "treatment\ttext:medicine\t3\nsymptom\ttext:symptom\t1\nsymptom\tlead\t0.5\n");
  const AspectRules rules = test::Must(AspectRules::Load(temp.path(), test::Shipped().folding));
  const std::u32string heading = U"old remedies";
  const std::u32string text = U"one painkiller. one painkiller. a remedy.";
  AspectInput input{"en", heading, U"", text};
  const auto all = rules.Explain(input);
  REQUIRE(all.size() == kAspects.size());
  CHECK(all[0].aspect == "treatment");
  CHECK(all[0].found);
  CHECK(all[0].prior == Approx(-1));
  REQUIRE(all[0].cues.size() == 3);
  CHECK(all[0].cues[0].kind == "treatment");
  CHECK((all[0].cues[0].place == CuePlace::kHeading));
  CHECK(heading.substr(all[0].cues[0].begin, 5) == U"remed");
  CHECK(all[0].cues[0].weight == Approx(2));
  CHECK(text.substr(all[0].cues[2].begin, 10) == U"painkiller");
  CHECK(text.substr(0, all[0].cues[2].end).size() > 16);
  // Two sentences share what log2(1 + 2) / 2 of it adds.
  CHECK(all[0].cues[1].weight == Approx(3 * std::log2(3.0) / 4));
  CHECK(all[0].score == Approx(1 / (1 + std::exp(-1 - 3 * std::log2(3.0) / 2))));
  CHECK(rules.Find({"en", U"x", U"", U"wet paint"}).empty());
  // "pain" inside "painkiller" is no symptom.
  for (const AspectEvidence& one : all) {
    if (one.aspect == "symptom") CHECK(one.cues.empty());
  }
  input.role = SectionRole::kLead;
  for (const AspectEvidence& one : rules.Explain(input)) {
    if (one.aspect == "symptom") CHECK(one.prior == Approx(0.5));
  }
  CHECK(rules.Find({"en", U"x", U"", U"y"}).empty());
}

TEST_CASE("what documents of questions are", "[thesaurus]") {
  CHECK(Rules().AsksQuestions("en", {U"a?", U"b?", U"c"}));
  CHECK(Rules().AsksQuestions("en", {U"a?", U"can i run", U"c"}));
  CHECK_FALSE(Rules().AsksQuestions("en", {U"a?", U"b", U"c"}));
  CHECK_FALSE(Rules().AsksQuestions("en", {U"a?", U"b?"}));
  CHECK_FALSE(Rules().AsksQuestions("en", {}));
}

}  // namespace
}  // namespace sakuin::thesaurus

#include "indexer/thesaurus/label_matcher.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

TEST_CASE("the names that stand in a text", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/mentions.tsv", 2, 2)));
  CAPTURE(row.where, row.fields[0]);
  std::string said;
  for (const Mention& mention :
       test::Shipped().matcher.Match(test::Shipped().folding.Fold(row.fields[0]))) {
    said += (said.empty() ? "" : " | ") + mention.concept_ptr->id + ": " +
            std::string(mention.span.In(row.fields[0]));
  }
  CHECK(said == (row.fields[1] == "-" ? "" : row.fields[1]));
}

// A label in the middle of a random text, with what may glue to it.
std::string TextWithLabels(unsigned seed) {
  const auto& concepts = test::Shipped().thesaurus.concepts();
  std::string out = test::RandomText(seed);
  for (unsigned i = 0; i < 5; ++i) {
    const model::Concept& found = concepts[(seed * 7 + i * 31) % concepts.size()];
    const std::string label = found.labels[(seed + i) % found.labels.size()].text;
    out += test::Variant(label, seed + i) + (i % 2 == 0 ? "" : test::RandomText(seed + i + 1000));
  }
  return out;
}

TEST_CASE("mentions are ordered and apart and fold like their labels", "[thesaurus][property]") {
  const int seed = GENERATE(range(0, 300));
  CAPTURE(seed);
  const std::string text = TextWithLabels(static_cast<unsigned>(seed));
  CAPTURE(text);
  const test::ShippedThesaurus& shipped = test::Shipped();
  const text::Folded folded = shipped.folding.Fold(text);
  std::size_t last = 0;
  for (const Mention& mention : shipped.matcher.Match(folded)) {
    REQUIRE(mention.begin >= last);
    REQUIRE(mention.begin < mention.end);
    REQUIRE(mention.end <= folded.chars.size());
    REQUIRE(mention.span.end <= text.size());
    last = mention.end;
    const auto& labels = mention.concept_ptr->labels;
    REQUIRE(std::any_of(labels.begin(), labels.end(),
                        [&mention](const model::Label& one) { return &one == mention.label; }));
    const std::u32string part = folded.chars.substr(mention.begin, mention.end - mention.begin);
    CHECK(part == shipped.folding.Fold(mention.label->text).chars);
    CHECK(mention.span == folded.Original(mention.begin, mention.end));
  }
}

TEST_CASE("every label is found in every spelling when it stands alone", "[thesaurus][property]") {
  const test::ShippedThesaurus& shipped = test::Shipped();
  unsigned seed = 0;
  for (const model::Concept& found : shipped.thesaurus.concepts()) {
    for (const model::Label& label : found.labels) {
      const std::string text = test::Variant(label.text, ++seed);
      CAPTURE(found.id, text);
      const auto mentions = shipped.matcher.Match(shipped.folding.Fold(text));
      REQUIRE(mentions.size() == 1);
      CHECK(mentions[0].concept_ptr == &found);
    }
  }
  CHECK(shipped.matcher.FoldedLabels().size() > 1000);
}

TEST_CASE("no text at all", "[thesaurus]") { CHECK(test::Shipped().matcher.Match({}).empty()); }

}  // namespace
}  // namespace sakuin::thesaurus

#include "indexer/thesaurus/tagger.h"

#include <algorithm>
#include <cmath>

#include "indexer/thesaurus/descriptions.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

void AddSection(model::Document& document, int parent, const std::string& heading,
                const std::string& text) {
  model::Section section;
  section.number = static_cast<std::uint32_t>(document.sections.size());
  section.parent = parent;
  section.heading = heading;
  section.text = text;
  document.sections.push_back(std::move(section));
}

// Rows of one name are the sections of one document.
std::vector<std::vector<TsvRow>> Documents() {
  std::vector<std::vector<TsvRow>> out;
  for (TsvRow& row : test::LoadCases("thesaurus/documents.tsv", 5, 5)) {
    if (out.empty() || out.back()[0].fields[0] != row.fields[0]) out.emplace_back();
    out.back().push_back(std::move(row));
  }
  return out;
}

std::string Print(const std::vector<model::Tag>& tags) {
  std::string out;
  for (const model::Tag& tag : tags) {
    out += (out.empty() ? "" : " ") + tag.concept_id + (tag.inherited ? "^" : "");
  }
  return out.empty() ? "-" : out;
}

TEST_CASE("conditions of small documents", "[thesaurus][data]") {
  const std::vector<TsvRow> rows = GENERATE(from_range(Documents()));
  model::Document document;
  document.language = "und";
  for (const TsvRow& row : rows) {
    AddSection(document, std::stoi(row.fields[1]), row.fields[2], row.fields[3]);
  }
  test::Shipped().tagger.TagDocument(document);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(rows[i].where, rows[i].fields[2]);
    CHECK(Print(document.sections[i].tags) == rows[i].fields[4]);
  }
}

TEST_CASE("tags keep their order and their spans name them", "[thesaurus][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const auto& concepts = test::Shipped().thesaurus.concepts();
  model::Document document;
  for (unsigned i = 0; i < 6; ++i) {
    const unsigned n = static_cast<unsigned>(seed) * 6 + i;
    const std::string name = concepts[n % concepts.size()].labels[0].text;
    AddSection(document, i == 0 ? -1 : static_cast<int>(n % i), n % 3 == 0 ? name : "",
               test::RandomText(n) + "\n" + (n % 2 == 0 ? name : ""));
  }
  model::Document again = document;
  test::Shipped().tagger.TagDocument(document);
  const auto reasons = test::Shipped().tagger.Explain(again);
  REQUIRE(reasons.size() == document.sections.size());
  const LabelMatcher& matcher = test::Shipped().matcher;
  const text::Folding& folding = test::Shipped().folding;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const model::Section& section = document.sections[i];
    CHECK(Print(section.tags) == Print(again.sections[i].tags));
    std::vector<std::string> aspects;
    for (const AspectReason& reason : reasons[i].aspects) {
      if (reason.found) aspects.push_back(reason.aspect);
      for (const AspectReason::Cue& cue : reason.cues) CHECK_FALSE(cue.words.empty());
    }
    CHECK(aspects == section.aspects);
    // The reasons are the tags, in their order, then what is none.
    REQUIRE(reasons[i].tags.size() >= section.tags.size());
    for (std::size_t n = 0; n < reasons[i].tags.size(); ++n) {
      const TagReason& reason = reasons[i].tags[n];
      double score = 0;
      for (const auto& [name, value] : reason.parts) score += value;
      for (const auto& [name, value] : reason.factors) score *= value;
      CHECK(std::abs(score - reason.score) < 1e-9);
      const std::string outcome = reason.outcome;
      CHECK((n < section.tags.size()) ==
            (outcome == "kept" || outcome == "inherited" || outcome == "implied"));
      if (n < section.tags.size()) CHECK(reason.concept_id == section.tags[n].concept_id);
    }
    for (std::size_t n = 0; n < section.tags.size(); ++n) {
      const model::Tag& tag = section.tags[n];
      CHECK(tag.primary == (n == 0));
      CHECK((tag.score > 0 && tag.score <= 1));
      if (n > 0) CHECK(tag.score <= section.tags[n - 1].score);
      const model::Concept& concept_of = *test::Shipped().thesaurus.Find(tag.concept_id);
      CHECK(IsTaggable(concept_of));
      if (tag.inherited) CHECK((tag.text_spans.empty() && tag.heading_spans.empty()));
      for (const model::Span& span : tag.text_spans) {
        const std::string words(span.In(section.text));
        const auto mentions = matcher.Match(words, folding.Fold(words));
        REQUIRE(mentions.size() == 1);
        // Its own name, a broader one that is short for it, or one of several meanings.
        const auto kinds = Ancestors(test::Shipped().thesaurus, concept_of);
        std::vector<const model::Concept*> named = mentions[0].also;
        named.push_back(mentions[0].concept_ptr);
        CHECK(std::any_of(named.begin(), named.end(), [&](const model::Concept* one) {
          return one == &concept_of || std::find(kinds.begin(), kinds.end(), one) != kinds.end();
        }));
      }
    }
  }
}

TEST_CASE("every description's example is about its concept, with all names there are",
          "[thesaurus][data]") {
  const auto rows = test::Must(ReadTsv(test::Shipped().dir + "/thesaurus/descriptions.tsv", 4, 4));
  for (const TsvRow& row : rows) {
    CAPTURE(row.where, row.fields[3]);
    model::Document document;
    const bool heading = row.fields[2] == "heading";
    AddSection(document, -1, heading ? row.fields[3] : "A title", heading ? "" : row.fields[3]);
    const auto reasons = test::Shipped().tagger.Explain(document);
    // Some label may name it better meanwhile, or a narrower concept.
    const auto kinds = test::Shipped().thesaurus.WithNarrower(row.fields[0]);
    CHECK(std::any_of(reasons[0].tags.begin(), reasons[0].tags.end(), [&](const auto& reason) {
      return std::any_of(kinds.begin(), kinds.end(), [&reason](const model::Concept* kind) {
        return kind->id == reason.concept_id;
      });
    }));
  }
}

// In Chinese it is discomfort; in Japanese, the beginning of "unsuitable".
TEST_CASE("two Han characters mean what they mean in the text's language", "[thesaurus]") {
  const std::string language = GENERATE("zh-Hans", "ja");
  model::Document document;
  document.language = language;
  AddSection(document, -1, "", "\xE4\xB8\x8D\xE9\x81\xA9");
  test::Shipped().tagger.TagDocument(document);
  CHECK(Print(document.sections[0].tags) == (language == "ja" ? "-" : "discomfort"));
}

TEST_CASE("a document without sections stays as it is", "[thesaurus]") {
  model::Document document;
  test::Shipped().tagger.TagDocument(document);
  CHECK(document.sections.empty());
}

TEST_CASE("a description table with a mistake stops with its line", "[thesaurus][data]") {
  const test::TempDir temp;
  const test::ShippedThesaurus& shipped = test::Shipped();
  const std::vector<std::pair<std::string, std::string>> rows{
      {"# a\nnone\tcalf+tear\tboth\tThe calf has a tear.\n", ":2"},
      {"gout\tcalf+\tboth\tThe calf has a tear.\n", ":1"},
      {"gout\tcalf+tear\tbody\tThe calf has a tear.\n", ":1"},
      {"gout\tcalf+tear\ttext\tThe calf is fine.\n", ":1"},
      {"gout\tcalf+tear\ttext\tThe calf. A tear.\n", ":1"},
      {"gout\tcalf+tear\ttext\n", ":1"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    temp.Write("thesaurus/descriptions.tsv", bytes);
    const auto loaded = Descriptions::Load(temp.path(), shipped.thesaurus, {}, shipped.folding);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with("descriptions.tsv" + where));
  }
}

TEST_CASE("what tags depend on is in the digest", "[thesaurus]") {
  const test::ShippedThesaurus& shipped = test::Shipped();
  CHECK_FALSE(shipped.tagger.digest().empty());
  const Tagger again =
      test::Must(Tagger::Create(shipped.dir, shipped.thesaurus, shipped.matcher, shipped.folding));
  CHECK(again.digest() == shipped.tagger.digest());
}

}  // namespace
}  // namespace sakuin::thesaurus

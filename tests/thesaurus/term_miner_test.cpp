// Terms that no concept covers come back from the articles they stand in.

#include "indexer/thesaurus/mining/term_miner.h"

#include <algorithm>
#include <map>

#include "indexer/store/open.h"
#include "indexer/thesaurus/mining/gram_counts.h"
#include "indexer/thesaurus/mining/term_words.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::test {
namespace {

using thesaurus::GramCounts;
using thesaurus::MinedTerm;
using thesaurus::MiningOptions;
using thesaurus::TermMiner;

struct Text {
  std::string language;
  std::string text;
};

// A thesaurus of the shipped one's concepts without some.
thesaurus::Thesaurus Without(const TempDir& temp, const std::vector<std::string>& ids) {
  std::string body;
  for (const model::Concept& found : Shipped().thesaurus.concepts()) {
    if (std::find(ids.begin(), ids.end(), found.id) != ids.end()) continue;
    body += "<skos:Concept rdf:about=\"https://example.org/" + found.id + "\">\n";
    for (const model::Label& label : found.labels) {
      std::string text = label.text;
      for (std::size_t at = 0; (at = text.find('&', at)) != std::string::npos; ++at) {
        text.replace(at, 1, "&amp;");
      }
      body += "<skos:altLabel xml:lang=\"" + label.language + "\">" + text + "</skos:altLabel>\n";
    }
    body += "</skos:Concept>\n";
  }
  return Must(thesaurus::Thesaurus::LoadFiles({temp.Write("own.rdf", Skos(body))}));
}

std::vector<MinedTerm> Mine(const std::vector<Text>& texts, const thesaurus::Thesaurus& known,
                            const MiningOptions& options) {
  const auto& shipped = Shipped();
  const auto matcher = thesaurus::LabelMatcher::Build(known, shipped.folding);
  auto analyzer = Must(text::Analyzer::Create(shipped.folding, {}, ""));
  auto miner =
      Must(TermMiner::Create(shipped.dir, shipped.folding, known, matcher, analyzer, options));
  for (const Text& one : texts) REQUIRE(miner.Count(one.language, one.text));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    REQUIRE(miner.Collect(texts[i].language, texts[i].text, "d" + std::to_string(i) + "#0", i));
  }
  return miner.Best();
}

std::vector<Text> Articles() {
  const SearchFixture fixture({RepositoryPath("corpus/articles")});
  const auto reader = Must(store::OpenReader(fixture.kb()));
  std::vector<Text> out;
  for (const auto& summary : Must(reader->ListDocuments())) {
    const model::Document document = Must(reader->ReadDocument(summary.id));
    for (const model::Section& section : document.sections) {
      out.push_back({section.language.empty() ? document.language : section.language,
                     section.heading + "\n" + section.text});
    }
  }
  return out;
}

std::size_t RankOf(const std::vector<MinedTerm>& terms, const std::string& label) {
  const std::string key = Shipped().folding.Key(label);
  std::map<std::string, std::size_t> ranks;  // in its own language
  for (const MinedTerm& term : terms) {
    const std::size_t rank = ++ranks[term.language.substr(0, 2)];
    if (Shipped().folding.Key(term.text) == key) return rank;
  }
  return SIZE_MAX;
}

TEST_CASE("the names of a concept that was taken out come back near the top",
          "[thesaurus][mining]") {
  const TempDir temp;
  const thesaurus::Thesaurus known = Without(temp, {"baker-cyst"});
  REQUIRE(known.Find("baker-cyst") == nullptr);
  const auto terms = Mine(Articles(), known, {.min_count = 3, .limit = 50});
  // A label of each language that stands in our articles three times or more.
  std::size_t found = 0;
  for (const char* language : {"zh-Hans", "ja", "en"}) {
    std::size_t best = SIZE_MAX;
    for (const model::Label& label : Shipped().thesaurus.Find("baker-cyst")->labels) {
      if (label.language.substr(0, 2) != std::string(language).substr(0, 2)) continue;
      best = std::min(best, RankOf(terms, label.text));
    }
    CAPTURE(language, best);
    if (best <= 10) ++found;
  }
  CHECK(found >= 2);
}

TEST_CASE("what a concept covers is not suggested, nor a piece of it", "[thesaurus][mining]") {
  const TempDir temp;
  const thesaurus::Thesaurus known = Must(thesaurus::Thesaurus::LoadFiles({temp.Write(
      "own.rdf", Skos("<skos:Concept rdf:about=\"https://example.org/disc\">"
                      "<skos:prefLabel xml:lang=\"en\">lumbar disc herniation</skos:prefLabel>"
                      "</skos:Concept>"))}));
  std::vector<Text> texts;
  for (const char* end : {"hurts.", "heals.", "is rare.", "frightens him."}) {
    texts.push_back({"en", std::string("A lumbar disc herniation ") + end});
    texts.push_back({"en", std::string("Old lumbar disc herniation surgery ") + end});
    texts.push_back({"en", std::string("The plantar fascia ") + end});
  }
  const auto terms = Mine(texts, known, {.min_count = 3, .limit = 50});
  for (const MinedTerm& term : terms) {
    CAPTURE(term.text);
    CHECK(term.text != "lumbar disc herniation");
    CHECK(term.text != "disc herniation");
    CHECK(term.text != "herniation surgery");
  }
  CHECK(RankOf(terms, "plantar fascia") != SIZE_MAX);
  const auto longer = std::find_if(terms.begin(), terms.end(), [](const MinedTerm& term) {
    return term.text == "lumbar disc herniation surgery";
  });
  REQUIRE(longer != terms.end());
  CHECK(longer->count == 4);
  CHECK(longer->documents == 4);
  CHECK(longer->broader.empty());  // the label in it is a condition's, its ending an intervention's
  CHECK(longer->scheme == "interventions");
  CHECK(longer->section == "d1#0");
}

TEST_CASE("a term that only stands in a longer one is not suggested beside it",
          "[thesaurus][mining]") {
  const TempDir temp;
  const thesaurus::Thesaurus known = Without(temp, {});
  std::vector<Text> texts;
  for (const char* end : {"hurts.", "heals.", "is rare.", "frightens him."}) {
    texts.push_back({"en", std::string("The flexor hallucis tendon ") + end});
  }
  const auto terms = Mine(texts, known, {.min_count = 3, .limit = 50});
  CHECK(RankOf(terms, "flexor hallucis tendon") == 1);
  CHECK(RankOf(terms, "flexor hallucis") == SIZE_MAX);
  CHECK(RankOf(terms, "hallucis tendon") == SIZE_MAX);
}

TEST_CASE("counting in bounded memory never counts too much, and says what it may have missed",
          "[thesaurus][mining][property]") {
  GramCounts counts(1000);
  std::map<std::uint64_t, std::uint32_t> truth;
  std::uint64_t state = 7;
  for (int i = 0; i < 200000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::uint64_t key =
        (state >> 60U) == 0 ? (state >> 40U) % 20 : 100 + i;  // few are frequent
    ++truth[key];
    counts.Add(key);
  }
  CHECK(counts.PossiblyMissed() > 0);
  for (std::uint64_t key = 0; key < 20; ++key) {
    CHECK(counts.Count(key) <= truth[key]);
    CHECK(counts.Count(key) + counts.PossiblyMissed() >= truth[key]);
  }
}

TEST_CASE("an ending speaks for a scheme", "[thesaurus][mining]") {
  const auto words = Must(thesaurus::TermWords::Load(Shipped().dir, "en", Shipped().folding));
  CHECK(words.SchemeOf(U"sesamoiditis") == "conditions");
  CHECK(words.SchemeOf(U"shin pain") == "symptoms");
  CHECK(words.SchemeOf(U"spain").empty());
  CHECK(words.SchemeOf(U"pain").empty());  // a term has something before it
  CHECK(words.SchemeOf(U"river bank").empty());
}

TEST_CASE("a mistake in the words of terms is told with its line", "[thesaurus][mining]") {
  const auto& folding = Shipped().folding;
  for (const auto& [row, message] :
       std::map<std::string, std::string>{{"broke\tx", "wants break"},
                                          {"ending\titis\tdiseases", "not 'diseases'"},
                                          {"break\t ", "an empty word"},
                                          {"break\tx\ty", "wants break"}}) {
    const TempDir temp;
    temp.Write("language/en/terms.tsv", "# words\n" + row + "\n");
    const auto loaded = thesaurus::TermWords::Load(temp.path(), "en", folding);
    CAPTURE(row);
    REQUIRE(!loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.ends_with("terms.tsv:2"));
    CHECK(loaded.error().message.find(message) != std::string::npos);
  }
}

}  // namespace
}  // namespace sakuin::test

#include "indexer/thesaurus/thesaurus.h"

#include <map>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

std::string Named(const std::string& id, const std::string& inside = {}) {
  return "<skos:Concept rdf:about=\"x/" + id + "\"><skos:prefLabel xml:lang=\"en\">" + id +
         "</skos:prefLabel>" + inside + "</skos:Concept>\n";
}

std::string Reference(const std::string& kind, const std::string& id) {
  return "<skos:" + kind + " rdf:resource=\"x/" + id + "\"/>";
}

TEST_CASE("narrower concepts of all levels in a stable order", "[thesaurus]") {
  const test::TempDir temp;
  const std::string a = temp.Write(
      "a.rdf", test::Skos(Named("d", Reference("broader", "b") + Reference("broader", "c")) +
                          Named("b", Reference("broader", "a")) + Named("a")));
  const std::string b =
      temp.Write("b.rdf", test::Skos(Named("c", Reference("broader", "a")) + Named("e")));
  const Thesaurus thesaurus = test::Must(Thesaurus::LoadFiles({a, b}));
  std::string order;
  for (const model::Concept* found : thesaurus.WithNarrower("a")) order += found->id;
  CHECK(order == "abcd");
  CHECK(thesaurus.WithNarrower("e").size() == 1);
  CHECK(thesaurus.WithNarrower("none").empty());
  CHECK(thesaurus.Find("none") == nullptr);
  REQUIRE(thesaurus.Find("d") != nullptr);
  CHECK(thesaurus.Find("d")->broader == std::vector<std::string>{"b", "c"});
}

TEST_CASE("a thesaurus with a mistake does not load", "[thesaurus]") {
  const test::TempDir temp;
  const std::vector<std::pair<std::string, std::string>> rows{
      {Named("a") + Named("b", Reference("broader", "none")), ":4"},
      {Named("a") + Named("b", Reference("related", "none")), ":4"},
      {Named("a") + Named("b", "\n" + Reference("narrower", "none")), ":5"},
      {Named("a") + Named("a"), ":4"},
      {Named("a") + Named("b", Reference("broader", "b")), ":4"},
      {Named("a", Reference("broader", "b")) + Named("b", Reference("broader", "a")), ":3"}};
  for (const auto& [body, where] : rows) {
    CAPTURE(body);
    const auto loaded = Thesaurus::LoadFiles({temp.Write("a.rdf", test::Skos(body))});
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where == temp.File("a.rdf") + where);
  }
  CHECK(Thesaurus::Load(temp.path()).error().code == ErrorCode::kNotFound);
}

TEST_CASE("narrower may lead into another file", "[thesaurus]") {
  const test::TempDir temp;
  const std::string a = temp.Write("a.rdf", test::Skos(Named("a", Reference("narrower", "b"))));
  const std::string b = temp.Write("b.rdf", test::Skos(Named("b")));
  const Thesaurus thesaurus = test::Must(Thesaurus::LoadFiles({a, b}));
  CHECK(thesaurus.WithNarrower("a").size() == 2);
}

TEST_CASE("a hundred thousand concepts in one line of descent", "[thesaurus][slow]") {
  const test::TempDir temp;
  std::string body;
  for (int i = 0; i < 100000; ++i) {
    body += Named("c" + std::to_string(i),
                  i == 0 ? "" : Reference("broader", "c" + std::to_string(i - 1)));
  }
  const std::string file = temp.Write("a.rdf", test::Skos(body));
  const Thesaurus thesaurus = test::Must(Thesaurus::LoadFiles({file}));
  CHECK(thesaurus.concepts().size() == 100000);
  CHECK(thesaurus.WithNarrower("c0").size() == 100000);
  body += Named("d", Reference("broader", "c5"));
  body.insert(body.find("c0</skos:prefLabel>") + 19, Reference("broader", "c99999"));
  const auto cycle = Thesaurus::LoadFiles({temp.Write("b.rdf", test::Skos(body))});
  REQUIRE_FALSE(cycle);
  CHECK(cycle.error().where == temp.File("b.rdf") + ":3");
}

TEST_CASE("the digest follows every byte of every file", "[thesaurus]") {
  const test::TempDir temp;
  const std::string a = temp.Write("a.rdf", test::Skos(Named("a")));
  const std::string b = temp.Write("b.rdf", test::Skos(Named("b")));
  const std::string before = test::Must(Thesaurus::LoadFiles({a, b})).digest();
  CHECK(test::Must(Thesaurus::LoadFiles({a, b})).digest() == before);
  temp.Write("b.rdf", test::Skos(Named("b")) + "\n");
  CHECK(test::Must(Thesaurus::LoadFiles({a, b})).digest() != before);
}

TEST_CASE("the shipped thesaurus is large and connected enough", "[thesaurus][data]") {
  // The last one holds words that only look like the name of something.
  const std::set<std::string> kSchemes{"conditions",    "symptoms",    "body-parts",
                                       "interventions", "agents",      "populations",
                                       "phases",        "specialties", "other-words"};
  std::map<std::string, std::size_t> counts;
  for (const model::Concept& found : test::Shipped().thesaurus.concepts()) {
    CAPTURE(found.id);
    CHECK(kSchemes.count(found.scheme) == 1);
    ++counts[found.scheme];
    CHECK(found.uri == "https://sakuin.example.org/concept/" + found.id);
  }
  CHECK(counts["conditions"] + counts["symptoms"] >= 1000);
  CHECK(counts["interventions"] >= 300);
  CHECK(counts["agents"] >= 100);
  CHECK(counts["body-parts"] >= 100);
}

}  // namespace
}  // namespace sakuin::thesaurus

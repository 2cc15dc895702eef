#include "indexer/thesaurus/thesaurus.h"

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
  std::size_t conditions = 0;
  for (const model::Concept& found : test::Shipped().thesaurus.concepts()) {
    conditions += found.scheme == "conditions" ? 1 : 0;
    CAPTURE(found.id);
    CHECK((found.scheme == "conditions" || found.scheme == "interventions"));
    CHECK(found.uri == "https://sakuin.example.org/concept/" + found.id);
  }
  CHECK(conditions >= 100);
}

}  // namespace
}  // namespace sakuin::thesaurus

// Concepts beside the shipped ones.

#include "indexer/thesaurus/skos/concept_table.h"
#include "indexer/thesaurus/thesaurus.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"
#include "tests/thesaurus/skos_print.h"

namespace sakuin::thesaurus {
namespace {

TEST_CASE("tables of concepts", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/tables.tsv", 2, 2)));
  CAPTURE(row.where, row.fields[0]);
  const auto file = ReadConcepts({"t.csv", row.fields[0]});
  CHECK((file ? test::Print(*file) : file.error().Text()) == row.fields[1]);
}

TEST_CASE("a table that is not UTF-8 says where; line ends may be those of Windows",
          "[thesaurus]") {
  const auto file = ReadConcepts({"t.tsv", "id\ten\na\tb\xFF\n"});
  REQUIRE_FALSE(file);
  CHECK(file.error().where == "t.tsv:2");
  const auto control = ReadConcepts({"t.tsv", "id\ten\n\na\tb\x01\n"});
  REQUIRE_FALSE(control);
  CHECK(control.error().where == "t.tsv:3");
  const auto windows = ReadConcepts({"t.tsv", "id\ten\r\na\tone\r\n"});
  REQUIRE(windows);
  CHECK(windows->concepts[0].data.labels[0].text == "one");
}

// Two known concepts, then what a user's table makes of them.
Result<Thesaurus> LoadWith(const std::vector<ThesaurusSource>& user) {
  const test::TempDir temp;
  const std::string body =
      "<skos:Concept rdf:about='http://example.org/known/one'><skos:notation>one</skos:notation>"
      "<skos:prefLabel xml:lang='en'>first</skos:prefLabel></skos:Concept>"
      "<skos:Concept rdf:about='https://sakuin.example.org/concept/two'>"
      "<skos:prefLabel xml:lang='en'>second</skos:prefLabel>"
      "<skos:broader rdf:resource='http://example.org/known/one'/></skos:Concept>";
  return Thesaurus::LoadFiles({temp.Write("k.rdf", test::Skos(body))}, user);
}

TEST_CASE("a user's file adds concepts and labels", "[thesaurus]") {
  const Thesaurus both = test::Must(LoadWith({{"u.csv",
                                               "id,en,ja,broader,related\none,uno;first,ichi,,\n"
                                               "three,third,san,one;two,two\ntwo,,ni,one,\n"}}));
  REQUIRE(both.concepts().size() == 3);
  const model::Concept& one = *both.Find("one");
  REQUIRE(one.labels.size() == 3);
  CHECK((one.labels[1].text == "uno" && one.labels[1].kind == model::LabelKind::kAlternative));
  CHECK((one.labels[1].is_users && !one.labels[0].is_users));
  CHECK((one.labels[2].text == "ichi" && one.labels[2].kind == model::LabelKind::kPreferred));
  CHECK(both.Find("three")->broader == std::vector<std::string>{"one", "two"});
  CHECK(both.Find("two")->broader == std::vector<std::string>{"one"});
  CHECK(both.WithNarrower("one").size() == 3);
  REQUIRE(both.warnings().size() == 1);
  CHECK_THAT(both.warnings()[0], Catch::Matchers::StartsWith("u.csv:2: one has a preferred"));
  CHECK(both.digest() != test::Must(LoadWith({})).digest());
}

TEST_CASE("a second user's file adds to the first one's", "[thesaurus]") {
  const ThesaurusSource a{"a.csv", "id,en\nthree,third\n"};
  const ThesaurusSource b{"b.csv", "id,ja\nthree,san\n"};
  CHECK(test::Must(LoadWith({a, b})).Find("three")->labels.size() == 2);
  const std::string twice =
      "<skos:Concept rdf:about='x/two'><skos:prefLabel>a</skos:prefLabel></skos:Concept>";
  const std::string narrower =
      "<skos:Concept rdf:about='http://example.org/known/one'><skos:altLabel>a</skos:altLabel>"
      "<skos:narrower rdf:resource='x/two'/></skos:Concept>";
  CHECK(test::Must(LoadWith({{"c.rdf", test::Skos(narrower + twice)}})).warnings().empty());
}

TEST_CASE("a user's file with a mistake does not load", "[thesaurus]") {
  for (const char* const table :
       {"id,en,broader\nthree,third,none\n", "id,en,broader\none,uno,two\n",
        "id,en\none,uno\none,due\n", "id\nthree\n"}) {
    CAPTURE(table);
    const auto loaded = LoadWith({{"u.csv", table}});
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
  }
}

TEST_CASE("a user's label means the user's concept", "[thesaurus]") {
  const Thesaurus both = test::Must(LoadWith({{"u.csv", "id,en hidden\nthree,First;new\n"}}));
  const LabelMatcher matcher = LabelMatcher::Build(both, test::Shipped().folding);
  const std::string text = "first and second";
  const auto mentions = matcher.Match(text, test::Shipped().folding.Fold(text));
  REQUIRE(mentions.size() == 2);
  CHECK(mentions[0].concept_ptr->id == "three");
  CHECK(mentions[0].also.empty());
  CHECK(mentions[1].concept_ptr->id == "two");
}

}  // namespace
}  // namespace sakuin::thesaurus

// Counts of conditions with everything below them.

#include "query/results/condition_counts.h"

#include "query/results/condition_tree.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::test {
namespace {

using backend::Fact;
using backend::SectionTag;

std::string Concept(const std::string& id, const std::vector<std::string>& broader) {
  std::string out = "<skos:Concept rdf:about=\"https://example.org/" + id +
                    "\"><skos:prefLabel xml:lang=\"en\">the " + id +
                    "</skos:prefLabel><skos:prefLabel xml:lang=\"ja\">J" + id + "</skos:prefLabel>";
  for (const std::string& above : broader) {
    out += "<skos:broader rdf:resource=\"https://example.org/" + above + "\"/>";
  }
  return out + "</skos:Concept>\n";
}

// root has left and right; below hangs under both; lone stands alone.
thesaurus::Thesaurus Diamond(const TempDir& temp) {
  return Must(thesaurus::Thesaurus::LoadFiles({temp.Write(
      "d.rdf", Skos(Concept("root", {}) + Concept("left", {"root"}) + Concept("right", {"root"}) +
                    Concept("below", {"left", "right"}) + Concept("lone", {})))}));
}

Fact At(backend::SectionKey section, std::int64_t document) {
  Fact fact;
  fact.section = section;
  fact.document = document;
  return fact;
}

TEST_CASE("a section counts once above each of its conditions", "[results]") {
  const TempDir temp;
  const thesaurus::Thesaurus thesaurus = Diamond(temp);
  const std::vector<SectionTag> tags{{1, "below", true},  {1, "left", false}, {2, "right", true},
                                     {3, "below", false}, {3, "gone", true},  {4, "below", true}};
  // Section 4 is not asked about.
  const std::vector<Fact> facts{At(1, 10), At(2, 11), At(3, 10)};
  const auto counts = results::CountConditions(thesaurus, tags, facts);
  CHECK(counts.at("root").own.sections == 0);
  CHECK(counts.at("root").all.sections == 3);
  CHECK(counts.at("root").all.documents == 2);
  CHECK(counts.at("root").all.primary == 2);
  CHECK(counts.at("left").own.sections == 1);
  CHECK(counts.at("left").own.primary == 0);
  CHECK(counts.at("left").all.sections == 2);
  CHECK(counts.at("left").all.documents == 1);
  CHECK(counts.at("left").all.primary == 1);
  CHECK(counts.at("right").all.sections == 3);
  CHECK(counts.at("below").own.sections == 2);
  CHECK(counts.at("gone").own.sections == 1);
  CHECK(counts.count("lone") == 0);
}

TEST_CASE("a concept with two parents stands below both", "[results]") {
  const TempDir temp;
  const thesaurus::Thesaurus thesaurus = Diamond(temp);
  const auto counts = results::CountConditions(thesaurus, {{1, "below", true}, {2, "right", true}},
                                               {At(1, 10), At(2, 11)});
  const results::ConditionTree tree(thesaurus, counts, {"ja", false, -1});
  REQUIRE(tree.Roots().size() == 1);
  const auto narrower = tree.Narrower(*tree.Roots()[0]);
  REQUIRE(narrower.size() == 2);
  CHECK(narrower[0]->id == "right");  // more sections
  for (const model::Concept* above : narrower) {
    REQUIRE(tree.Narrower(*above).size() == 1);
    CHECK(tree.Narrower(*above)[0]->id == "below");
  }
  CHECK(tree.Paths(*thesaurus.Find("below")).size() == 2);
  CHECK(tree.Label(*thesaurus.Find("below")) == "Jbelow");
  const results::ConditionTree all(thesaurus, counts, {"en", true, -1});
  CHECK(all.Roots().size() == 2);
  const results::ConditionTree shallow(thesaurus, counts, {"en", false, 0});
  CHECK(results::ToJson(shallow) ==
        R"({"ui_language":"en","conditions":[{"id":"root","label":"the root",)"
        R"("own":{"sections":0,"documents":0,"primary":0},)"
        R"("all":{"sections":2,"documents":2,"primary":2}}]})");
}

}  // namespace
}  // namespace sakuin::test

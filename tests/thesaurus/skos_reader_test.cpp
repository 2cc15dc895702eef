#include "indexer/thesaurus/skos_reader.h"

#include "indexer/thesaurus/skos_writer.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"
#include "tests/thesaurus/skos_print.h"

namespace sakuin::thesaurus {
namespace {

TEST_CASE("SKOS files of several habits are read alike", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/skos.tsv", 3, 3)));
  CAPTURE(row.where, row.fields[0]);
  const auto file = ReadSkos("f.rdf", row.fields[1]);
  if (!file) FAIL(file.error().Text());
  CHECK(test::Print(*file) == row.fields[2]);
}

TEST_CASE("a SKOS file with a mistake stops with its line", "[thesaurus][data]") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"<rdf:RDF>\n<a>\n</rdf:RDF>", "f.rdf:3"},
      {"\n<html/>", "f.rdf:2"},
      {"", "f.rdf:1"},
      {"<!DOCTYPE r [\n<!ENTITY a SYSTEM 'b'>]>\n<r/>", "f.rdf:2"},
      {"<!DOCTYPE r [\n<!ENTITY a PUBLIC 'b' 'c'>]>\n<r/>", "f.rdf:2"},
      {"<!DOCTYPE r [\n\n<!ENTITY % a 'b'>]>\n<r/>", "f.rdf:3"},
      {"<!DOCTYPE r [\n%a;]>\n<r/>", "f.rdf:2"},
      {"<!DOCTYPE r [\n<!ENTITY a 'b'>\n<!ENTITY c '&a;&a;'>]>\n<r/>", "f.rdf:3"},
      {"<!DOCTYPE r [\n<!ENTITY a '<b/>'>]>\n<r/>", "f.rdf:2"},
      {"<!DOCTYPE r [\n<!ENTITY a '" + std::string(257, 'x') + "'>]>\n<r/>", "f.rdf:2"},
      {"<!DOCTYPE r [\n<!ENTITY a 'b'", "f.rdf:2"},
      {"<!DOCTYPE r [\n<!ENTITY a 'b", "f.rdf:2"},
      {"<r>\n\n&none;</r>", "f.rdf:3"},
      {"<r>\n&#0;</r>", "f.rdf:2"},
      {"<r>\n&#xD800;</r>", "f.rdf:2"},
      {"<r>\n&#x110000;</r>", "f.rdf:2"},
      {"<r>\n&#6x;</r>", "f.rdf:2"},
      {"<r>\n\x01</r>", "f.rdf:2"},
      {"<r>\n\xEF\xBF\xBF</r>", "f.rdf:2"},
      {"<r>\n & </r>", "f.rdf:2"},
      {"\n<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "f.rdf:2"},
      {"<r>\n\xFF</r>", "f.rdf:2"},
      {test::Skos("<skos:Concept><skos:prefLabel>a</skos:prefLabel></skos:Concept>"), "f.rdf:3"},
      {test::Skos("\n<skos:Concept rdf:about='a'/>"), "f.rdf:4"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    const auto file = ReadSkos("f.rdf", bytes);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::kBadData);
    CHECK(file.error().where == where);
  }
}

TEST_CASE("nodes inside nodes end somewhere", "[thesaurus]") {
  const auto nested = [](int depth) {
    std::string body;
    std::string end;
    for (int i = 0; i < depth; ++i) {
      const std::string id = std::to_string(i);
      body += "<skos:Concept rdf:about='x/" + id + "'><skos:prefLabel>" + id +
              "</skos:prefLabel><skos:broader>\n";
      end += "</skos:broader></skos:Concept>";
    }
    return ReadSkos("f.rdf", test::Skos(body + "<skos:Concept rdf:about='y'/>" + end));
  };
  REQUIRE(nested(150));
  CHECK(nested(150)->concepts.size() == 150);
  const auto deep = nested(50000);
  REQUIRE_FALSE(deep);
  CHECK_THAT(deep.error().message, Catch::Matchers::ContainsSubstring("too deeply"));
}

TEST_CASE("entities do not grow without end", "[thesaurus]") {
  std::string file = "<!DOCTYPE r [<!ENTITY a '" + std::string(256, 'x') + "'>]>\n<r>\n";
  for (int i = 0; i < 40000; ++i) file += "&a;";
  const auto read = ReadSkos("f.rdf", file + "</r>");
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "f.rdf:3");
  CHECK_THAT(read.error().message, Catch::Matchers::ContainsSubstring("too much"));
}

TEST_CASE("a file of another vocabulary is told by its namespaces", "[thesaurus]") {
  const auto read = ReadSkos("f.rdf",
                             "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'\n"
                             "xmlns:o='http://example.org/own#'><o:Concept/></rdf:RDF>");
  REQUIRE_FALSE(read);
  CHECK_THAT(read.error().message, Catch::Matchers::ContainsSubstring("http://example.org/own#"));
}

TEST_CASE("a SKOS file that is cut anywhere is an error or fewer concepts", "[thesaurus]") {
  const std::string whole = test::Skos(
      "<skos:Concept rdf:about='x/a'><skos:prefLabel xml:lang='en'>a &amp; b</skos:prefLabel>"
      "<skos:broader><skos:Concept rdf:about='x/b'><skos:prefLabel>b</skos:prefLabel>"
      "</skos:Concept></skos:broader></skos:Concept>");
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto file = ReadSkos("f.rdf", whole.substr(0, size));
    if (file) CHECK(file->concepts.size() == 2);
  }
}

TEST_CASE("what is exported reads back as the same concepts", "[thesaurus][property]") {
  const test::TempDir temp;
  const std::string once = WriteSkos(test::Shipped().thesaurus);
  const auto back = Thesaurus::LoadFiles({temp.Write("a.rdf", once)});
  if (!back) FAIL(back.error().Text());
  CHECK(WriteSkos(*back) == once);
  const auto& before = test::Shipped().thesaurus.concepts();
  REQUIRE(back->concepts().size() == before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const model::Concept& after = back->concepts()[i];
    CAPTURE(before[i].id);
    CHECK(after.id == before[i].id);
    CHECK(after.scheme == before[i].scheme);
    CHECK(after.labels.size() == before[i].labels.size());
    CHECK(after.broader == before[i].broader);
    CHECK(after.related == before[i].related);
    CHECK(after.exact_match == before[i].exact_match);
    CHECK(after.scope_note == before[i].scope_note);
    CHECK(after.notes.size() == before[i].notes.size());
    CHECK(after.is_top == before[i].is_top);
  }
}

TEST_CASE("notes, mappings and schemes survive an export", "[thesaurus]") {
  const test::TempDir temp;
  const std::string file = temp.Write(
      "a.rdf",
      test::Skos("<skos:ConceptScheme rdf:about='http://example.org/own'>"
                 "<skos:prefLabel xml:lang='en'>Own</skos:prefLabel></skos:ConceptScheme>"
                 "<skos:Concept rdf:about='x/a'><skos:prefLabel xml:lang='en'>a</skos:prefLabel>"
                 "<skos:topConceptOf rdf:resource='http://example.org/own'/>"
                 "<skos:definition xml:lang='ja'>b</skos:definition>"
                 "<skos:scopeNote xml:lang='en'>c</skos:scopeNote>"
                 "<skos:narrowMatch rdf:resource='y/d'/></skos:Concept>"));
  const Thesaurus first = test::Must(Thesaurus::LoadFiles({file}));
  const std::string once = WriteSkos(first);
  const Thesaurus back = test::Must(Thesaurus::LoadFiles({temp.Write("b.rdf", once)}));
  CHECK(WriteSkos(back) == once);
  REQUIRE(back.schemes().size() == 1);
  CHECK(back.schemes()[0].uri == "http://example.org/own");
  CHECK(back.schemes()[0].labels.size() == 1);
  const model::Concept& a = back.concepts()[0];
  CHECK(a.is_top);
  CHECK(a.scheme == "own");
  REQUIRE(a.notes.size() == 2);
  CHECK((a.notes[0].kind == "definition" && a.notes[0].language == "ja"));
  CHECK(a.scope_note == "c");
  REQUIRE(a.matches.size() == 1);
  CHECK((a.matches[0].kind == "narrowMatch" && a.matches[0].address == "y/d"));
}

TEST_CASE("what XML reserves survives an export", "[thesaurus]") {
  const test::TempDir temp;
  const std::string file = temp.Write(
      "a.rdf", test::Skos("<skos:Concept rdf:about='x?a=1&amp;b=&quot;2&quot;'>"
                          "<skos:notation>a&lt;b</skos:notation><skos:prefLabel xml:lang='en'>"
                          "&lt;i&gt; &amp; \"q\" 'p' ]]&gt;</skos:prefLabel></skos:Concept>"));
  const Thesaurus first = test::Must(Thesaurus::LoadFiles({file}));
  const Thesaurus back = test::Must(Thesaurus::LoadFiles({temp.Write("b.rdf", WriteSkos(first))}));
  REQUIRE(back.concepts().size() == 1);
  CHECK(back.concepts()[0].id == "a<b");
  CHECK(back.concepts()[0].uri == "x?a=1&b=\"2\"");
  CHECK(back.concepts()[0].labels[0].text == "<i> & \"q\" 'p' ]]>");
}

TEST_CASE("the last part of an address", "[thesaurus]") {
  CHECK(LastPart("https://example.org/concept/gout") == "gout");
  CHECK(LastPart("https://example.org/terms#gout") == "gout");
  CHECK(LastPart("https://example.org/gout/") == "gout");
  CHECK(LastPart("urn:x:gout") == "gout");
  CHECK(LastPart("gout") == "gout");
  CHECK(LastPart("///").empty());
  CHECK(LastPart("").empty());
}

}  // namespace
}  // namespace sakuin::thesaurus

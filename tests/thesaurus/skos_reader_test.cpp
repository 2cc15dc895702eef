#include "indexer/thesaurus/skos_reader.h"

#include "indexer/thesaurus/skos_writer.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

std::string Print(const SkosFile& file) {
  std::string out;
  for (const SkosConcept& found : file.concepts) {
    const model::Concept& c = found.data;
    out += c.id + "@" + c.scheme;
    for (const model::Label& label : c.labels) {
      const char kind = label.kind == model::LabelKind::kPreferred     ? '='
                        : label.kind == model::LabelKind::kAlternative ? '~'
                                                                       : '.';
      out += " " + label.language + kind + label.text;
    }
    for (const std::string& above : c.broader) out += " <" + LastPart(above);
    for (const std::string& other : c.related) out += " -" + LastPart(other);
    out += ";";
  }
  return out;
}

TEST_CASE("SKOS files of several habits are read alike", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/skos.tsv", 3, 3)));
  CAPTURE(row.where, row.fields[0]);
  const auto file = ReadSkos("f.rdf", row.fields[1]);
  if (!file) FAIL(file.error().Text());
  CHECK(Print(*file) == row.fields[2]);
}

TEST_CASE("a SKOS file with a mistake stops with its line", "[thesaurus][data]") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"<rdf:RDF>\n<a>\n</rdf:RDF>", "f.rdf:3"},
      {"\n<html/>", "f.rdf:2"},
      {"", "f.rdf:1"},
      {"<!DOCTYPE r [\n<!ENTITY a 'b'>]>\n<r/>", "f.rdf:2"},
      {"<r>\n\xFF</r>", "f.rdf:2"},
      {test::Skos("<skos:Concept><skos:prefLabel>a</skos:prefLabel></skos:Concept>"), "f.rdf:3"},
      {test::Skos("\n<skos:Concept rdf:about='a'/>"), "f.rdf:4"},
      {test::Skos("<skos:Concept rdf:about='a'><skos:prefLabel>a</skos:prefLabel>\n"
                  "<skos:narrower rdf:resource='b'/></skos:Concept>"),
       "f.rdf:4"}};
  for (const auto& [bytes, where] : rows) {
    CAPTURE(bytes);
    const auto file = ReadSkos("f.rdf", bytes);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::kBadData);
    CHECK(file.error().where == where);
  }
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
  }
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

#include "indexer/thesaurus/validate.h"

#include "indexer/base/files.h"
#include "indexer/model/language.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

// The names of all four languages, so that a case says only what it is about.
std::string Complete(const std::string& id) {
  std::string out;
  for (const char* const language : {"zh-Hans", "zh-Hant", "ja", "en"}) {
    out += std::string("<skos:prefLabel xml:lang=\"") + language + "\">" + id + " " + language +
           "</skos:prefLabel>";
  }
  return out;
}

// "@a{...}" is a concept with complete names and what stands in the braces.
std::string Expand(const std::string& body) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (body[at] == '}') {
      out += "</skos:Concept>";
    } else if (body[at] == '@') {
      const std::size_t brace = body.find('{', at);
      const std::string id = body.substr(at + 1, brace - at - 1);
      out += "<skos:Concept rdf:about=\"x/" + id + "\">" + Complete(id);
      at = brace;
    } else {
      out += body[at];
    }
  }
  return test::Skos(out);
}

TEST_CASE("findings of small files", "[thesaurus][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("thesaurus/findings.tsv", 2, 2)));
  CAPTURE(row.where);
  const test::TempDir temp;
  const std::string file = temp.Write("f.rdf", Expand(row.fields[0]));
  const auto findings = Validate({file}, test::Shipped().folding);
  if (!findings) FAIL(findings.error().Text());
  std::string said;
  for (const Finding& finding : *findings) {
    CAPTURE(finding.Text());
    REQUIRE(finding.where.starts_with(file + ":"));
    said += (said.empty() ? "" : " ") + finding.where.substr(file.size() + 1) + ":" + finding.code;
  }
  CHECK(said == (row.fields[1] == "-" ? "" : row.fields[1]));
}

TEST_CASE("findings see all files together", "[thesaurus]") {
  const test::TempDir temp;
  const std::string a = temp.Write("a.rdf", Expand("@one{}"));
  const std::string b =
      temp.Write("b.rdf", Expand("@two{<skos:altLabel xml:lang=\"en\">ONE EN</skos:altLabel>\n"
                                 "<skos:broader rdf:resource=\"x/one\"/>}\n@one{}"));
  const auto findings = Validate({a, b}, test::Shipped().folding);
  REQUIRE(findings);
  REQUIRE(findings->size() == 2);
  CHECK((*findings)[0].code == "shared-label");
  CHECK((*findings)[0].where == b + ":3");
  CHECK_THAT((*findings)[0].message, Catch::Matchers::ContainsSubstring(a + ":3"));
  CHECK((*findings)[1].code == "duplicate-concept");
  CHECK((*findings)[1].where == b + ":5");
}

TEST_CASE("the thesaurus that is shipped has no findings", "[thesaurus][data]") {
  std::vector<std::string> paths;
  for (const std::string& file : files::WalkFolder(test::Shipped().dir + "/thesaurus").files) {
    if (file.ends_with(".rdf")) paths.push_back(file);
  }
  REQUIRE_FALSE(paths.empty());
  const auto findings = Validate(paths, test::Shipped().folding);
  if (!findings) FAIL(findings.error().Text());
  for (const Finding& finding : *findings) UNSCOPED_INFO(finding.Text());
  CHECK(findings->empty());
}

TEST_CASE("a user's file adds to the concepts that are known", "[thesaurus]") {
  const auto read = [](const std::string& name, const std::string& body) {
    return test::Must(ReadSkos(name, Expand(body)));
  };
  const SkosFile known =
      read("k.rdf", "@one{<skos:altLabel xml:lang=\"en\">first</skos:altLabel>}");
  const auto check = [&](const std::string& body) {
    std::string said;
    for (const Finding& finding :
         Validate({known, read("u.rdf", body)}, test::Shipped().folding, 1)) {
      said += finding.where + ":" + finding.code +
              (finding.severity == Severity::kWarning ? "? " : " ");
    }
    return said;
  };
  const std::string one = "<skos:Concept rdf:about=\"x/one\"><skos:altLabel xml:lang=\"en\">";
  CHECK(check(one + "uno</skos:altLabel></skos:Concept>").empty());
  CHECK(check(one + "uno</skos:altLabel></skos:Concept>\n" + one +
              "due</skos:altLabel></skos:Concept>") == "u.rdf:4:duplicate-concept ");
  CHECK(check("@two{<skos:broader rdf:resource=\"x/one\"/>}").empty());
  CHECK(check("@two{\n<skos:altLabel xml:lang=\"en\">FIRST</skos:altLabel>}") ==
        "u.rdf:4:shared-label? ");
  CHECK(check("@two{<skos:broader rdf:resource=\"x/one\"/>}\n" + one +
              "uno</skos:altLabel>\n<skos:broader rdf:resource=\"x/two\"/></skos:Concept>") ==
        "u.rdf:3:broader-cycle u.rdf:5:broader-cycle ");
}

TEST_CASE("a hundred thousand concepts are checked", "[thesaurus][slow]") {
  SkosFile file;
  file.path = "f.rdf";
  for (std::size_t i = 0; i < 100000; ++i) {
    SkosConcept one;
    one.data.id = one.data.uri = "c" + std::to_string(i);
    for (const std::string_view language : model::kLanguages) {
      one.data.labels.push_back({one.data.id, std::string(language), model::LabelKind::kPreferred});
      one.label_lines.push_back(i + 1);
    }
    if (i > 0) one.data.broader = {"c" + std::to_string(i - 1)};
    if (i > 0) one.broader_lines = {i + 1};
    file.concepts.push_back(std::move(one));
  }
  CHECK(Validate({file}, test::Shipped().folding).empty());
  file.concepts[0].data.broader = {"c99999"};
  file.concepts[0].broader_lines = {1};
  CHECK(Validate({file}, test::Shipped().folding).size() == 100000);
}

TEST_CASE("a file that cannot be read is no list of findings", "[thesaurus]") {
  const test::TempDir temp;
  const auto missing = Validate({temp.File("none.rdf")}, test::Shipped().folding);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kNotFound);
  const auto table =
      Validate({temp.Write("t.csv", "id,en\na,one\nb,One\n")}, test::Shipped().folding);
  REQUIRE(table);
  CHECK(table->size() == 7);  // three languages missing of each, one shared label
  const auto broken = Validate({temp.Write("a.rdf", "<a>")}, test::Shipped().folding);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == ErrorCode::kBadData);
}

TEST_CASE("only errors stop an import", "[thesaurus]") {
  const Finding error{"two-preferred-labels", "has two", "f:1"};
  const Finding warning{"unknown-language", "is odd", "f:1", Severity::kWarning};
  CHECK(warning.Text() == "f:1: warning: is odd [unknown-language]");
  CHECK(error.Text() == "f:1: has two [two-preferred-labels]");
  CHECK_FALSE(HasErrors({warning}));
  CHECK(HasErrors({warning, error}));
}

}  // namespace
}  // namespace sakuin::thesaurus

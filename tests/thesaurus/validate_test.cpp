#include "indexer/thesaurus/validate.h"

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
  const std::string folder = test::Shipped().dir + "/thesaurus/";
  const auto findings =
      Validate({folder + "conditions.rdf", folder + "interventions.rdf"}, test::Shipped().folding);
  if (!findings) FAIL(findings.error().Text());
  for (const Finding& finding : *findings) UNSCOPED_INFO(finding.Text());
  CHECK(findings->empty());
}

TEST_CASE("a file that cannot be read is no list of findings", "[thesaurus]") {
  const test::TempDir temp;
  const auto missing = Validate({temp.File("none.rdf")}, test::Shipped().folding);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kNotFound);
  const auto broken = Validate({temp.Write("a.rdf", "<a>")}, test::Shipped().folding);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == ErrorCode::kBadData);
}

}  // namespace
}  // namespace sakuin::thesaurus

// Concepts beside the shipped ones, as a person adds them.

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::test {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;

constexpr const char* kOne = "id,scheme,en\nmade-up-ache,conditions,made-up ache\n";
constexpr const char* kTwo = "id,en,broader\nother-made-up-ache,other made-up ache,made-up-ache\n";

TEST_CASE("thesauri of the environment and of the command line add up", "[app]") {
  const TempDir temp;
  const std::string one = temp.Write("one.csv", kOne);
  const std::string two = temp.Write("two.csv", kTwo);
  const std::string out = temp.File("out");
  const std::string program = SAKUIN_PROGRAM;
  const std::string both = "SAKUIN_THESAURUS=" + one + "::" + two + " " + program +
                           " thesaurus show other-made-up-ache --json > " + out;
  REQUIRE(std::system(both.c_str()) == 0);
  CHECK(json::parse(ReadFile(out))["broader"] == json{"made-up-ache"});
  const std::string mixed = "SAKUIN_THESAURUS=" + two + " " + program + " --thesaurus " + one +
                            " thesaurus show other-made-up-ache > " + out;
  REQUIRE(std::system(mixed.c_str()) == 0);
  const CliResult flags =
      RunCli({"--thesaurus", one, "thesaurus", "show", "other-made-up-ache", "--thesaurus", two});
  CHECK(flags.status == 0);
  // The second alone refers to nothing.
  const CliResult alone = RunCli({"--thesaurus", two, "thesaurus", "list"});
  CHECK(alone.status == 2);
  CHECK_THAT(alone.err, ContainsSubstring("two.csv:2: ") && ContainsSubstring("is nowhere"));
}

TEST_CASE("what a knowledge base keeps is used by what opens it, not by extract", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("k.db");
  const std::string skos =
      temp.Write("own.rdf", Skos("<skos:Concept rdf:about='http://example.org/own#made-up-ache'>"
                                 "<skos:inScheme rdf:resource='s/conditions'/>"
                                 "<skos:prefLabel xml:lang='en'>made-up ache</skos:prefLabel>"
                                 "</skos:Concept>"));
  const std::string page = temp.Write("a.txt", "Made-up ache\n\nA made-up ache goes away.\n");
  const CliResult kept = RunCli({"--db", kb, "thesaurus", "import", "-q", "--json", skos});
  CHECK(kept.err.empty());
  CHECK(json::parse(kept.out)["new"] == 1);
  REQUIRE(RunCli({"--db", kb, "ingest", page}).status == 0);
  CHECK(RunCli({"--db", kb, "search", "--condition", "made-up-ache", "ache"}).status == 0);
  CHECK(RunCli({"--db", kb, "rebuild"}).status == 0);
  CHECK(RunCli({"--db", kb, "search", "--condition", "made-up-ache", "ache"}).status == 0);
  CHECK(RunCli({"--db", kb, "verify"}).status == 0);
  const auto conditions = [&](const CliResult& result) {
    REQUIRE(result.status == 0);
    return json::parse(result.out)["sections"][0]["conditions"].dump();
  };
  CHECK_THAT(conditions(RunCli({"--db", kb, "extract", page})), !ContainsSubstring("made-up-ache"));
  CHECK_THAT(conditions(RunCli({"--db", kb, "--thesaurus", skos, "extract", page})),
             ContainsSubstring("made-up-ache"));
  // A copy of the knowledge base has them too.
  const std::string copy = temp.File("copy.db");
  REQUIRE(RunCli({"--db", kb, "backup", copy}).status == 0);
  CHECK_THAT(RunCli({"--db", copy, "thesaurus", "import", "--list", "--json"}).out,
             ContainsSubstring("\"name\":\"own\""));
}

}  // namespace
}  // namespace sakuin::test

// What `thesaurus suggest` prints can be read again.

#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/thesaurus/skos_reader.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

TEST_CASE("suggested terms come as JSON, as rows and as concepts", "[app][cli]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  std::string article = "Hamstrung & mended\n\n";
  for (const char* end : {"hurts", "heals", "itches", "moves", "rests"}) {
    article += std::string("The <peroneal> groove & its peroneal retinaculum ") + end + ".\n";
  }
  REQUIRE(RunCli({"--db", kb, "ingest", temp.Write("groove.txt", article)}).status == 0);
  const auto run = [&](const std::string& format) {
    const CliResult result =
        RunCli({"--db", kb, "thesaurus", "suggest", "--limit", "5", "--format", format});
    CAPTURE(format, result.err);
    CHECK(result.status == 0);
    return result.out;
  };
  const auto json = nlohmann::json::parse(run("json"));
  REQUIRE(!json.empty());
  const auto of_term = [&](const std::string& term) {
    for (const auto& one : json) {
      if (one["term"] == term) return one;
    }
    return nlohmann::json();
  };
  const auto term = of_term("peroneal retinaculum");
  REQUIRE(term.is_object());
  CHECK(term["count"] == 5);
  CHECK(term["documents"] == 1);
  CHECK(term["language"] == "en");
  CHECK(term["context"]["before"].get<std::string>().ends_with(" its "));
  CHECK(term["context"]["after"].get<std::string>().starts_with(" hurts."));

  const auto skos = thesaurus::ReadSkos("suggested.rdf", run("rdf"));
  REQUIRE(skos);
  REQUIRE(skos->concepts.size() == json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const model::Concept& found = skos->concepts[i].data;
    CHECK(found.labels.at(0).text == json[i]["term"]);
    CHECK(!found.scheme.empty());
    CHECK(found.broader.size() == json[i].count("broader"));
  }
  const auto lines = Split(run("tsv"), '\n');
  REQUIRE(lines.size() == json.size() + 2);  // the head, and what follows the last newline
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto cells = Split(lines[i + 1], '\t');
    REQUIRE(cells.size() == 9);
    CHECK(cells[5] == json[i]["term"]);
  }
  CHECK(Split(run("csv"), '\n').size() == json.size() + 2);
  CHECK(run("text").find("[peroneal retinaculum]") != std::string::npos);
}

}  // namespace
}  // namespace sakuin::test

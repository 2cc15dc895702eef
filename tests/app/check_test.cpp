// A draft against a knowledge base and against itself.

#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;

constexpr const char* kNo =
    "Calf cramp\n\nCramps are common.\n\nWhat not to do\n\nDo not stretch the calf.\n";
constexpr const char* kYes =
    "Night cramps\n\nA cramp in the calf wakes many.\n\nWhat helps\n\nStretch the calf at once.\n";

class Desk {
 public:
  Desk() {
    temp_.Write("articles/no.txt", kNo);
    REQUIRE(Ask({"ingest", "-q", "articles"}).status == 0);
  }
  CliResult Ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", "k.db"});
    return RunCli(arguments, "", temp_.path());
  }
  CliResult Check(const std::string& name, const std::string& text,
                  const std::vector<std::string>& options = {}) const {
    temp_.Write(name, text);
    std::vector<std::string> arguments{"check", name};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Ask(arguments);
  }
  const TempDir& temp() const { return temp_; }

 private:
  TempDir temp_;
};

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> out = Split(text, '\n');
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

TEST_CASE("a draft is compared with what is known and nothing is stored", "[app][check]") {
  const Desk desk;
  const std::string before = ReadFile(desk.temp().File("k.db"));
  const CliResult found = desk.Check("draft.txt", kYes);
  CAPTURE(found.out, found.err);
  CHECK(found.status == 1);
  const auto lines = Lines(found.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].find("draft.txt:7:1: high C1 [") == 0);
  CHECK_THAT(lines[0], ContainsSubstring("Stretch the calf at once") &&
                           ContainsSubstring("1 article disagrees"));
  CHECK_THAT(lines[1], ContainsSubstring("articles/no.txt") &&
                           ContainsSubstring("Calf cramp > What not to do") &&
                           ContainsSubstring("\"Do not stretch the calf\""));
  CHECK(ReadFile(desk.temp().File("k.db")) == before);
  CHECK(desk.Check("quiet.txt", "Water\n\nDrink water every day.\n").status == 0);
  CHECK(desk.Check("draft.txt", kYes, {"--fail-on", "high"}).status == 1);
  CHECK(desk.Check("agrees.txt", "Cramps\n\nLegs\n\nDo not stretch the calf at night.\n").status ==
        0);
  CHECK(desk.Ask({"check", "nowhere.txt"}).status == 2);
  CHECK(RunCli({"--db", desk.temp().File("none.db"), "check", desk.temp().File("draft.txt")})
            .status == 2);
  const CliResult both = desk.Ask({"check", "draft.txt", "nowhere.txt"});
  CHECK(both.status == 2);
  CHECK(Lines(both.out).size() == 3);
}

TEST_CASE("a draft is compared with itself", "[app][check]") {
  const Desk desk;
  const CliResult found = desk.Check(
      "draft.txt",
      "Night cramps\n\nA cramp in the calf wakes many.\n\nWhat helps\n\nMassage the calf every "
      "day.\n\nWhat not to do\n\nDo not massage the calf.\n");
  CAPTURE(found.out, found.err);
  CHECK(found.status == 1);
  const auto lines = Lines(found.out);
  REQUIRE(lines.size() == 3);
  CHECK_THAT(lines[0],
             ContainsSubstring(" C12 [") && ContainsSubstring("against this text itself"));
  CHECK(lines[1].find("    draft.txt:") == 0);
}

TEST_CASE("a new version is not compared with the old one, nor a copy", "[app][check]") {
  Desk desk;
  // The same path: what was stored of it does not count.
  CHECK(desk.Check("articles/no.txt", kYes).status == 0);
  std::string body;
  for (int i = 1; i <= 30; ++i) {
    body +=
        "On day " + std::to_string(i) + " raise the heel " + std::to_string(i + 5) + " times.\n";
  }
  desk.temp().Write("articles/long.txt",
                    "Calf cramp: a plan\n\nWhat to do\n\nDo not stretch the calf.\n\n" + body);
  desk.temp().Write("articles/no.txt", kNo);
  REQUIRE(desk.Ask({"ingest", "-q", "articles/long.txt"}).status == 0);
  const std::string draft =
      "Calf cramp: our plan\n\nWhat to do\n\nStretch the calf at once.\n\n" + body;
  const CliResult copy = desk.Check("copy.txt", draft, {"-v"});
  CAPTURE(copy.out, copy.err);
  CHECK(copy.status == 1);
  CHECK_THAT(copy.err, ContainsSubstring("not compared with"));
  CHECK_THAT(copy.out, ContainsSubstring("articles/no.txt") && ContainsSubstring("1 article "));
  CHECK(copy.out.find("articles/long.txt") == std::string::npos);
}

TEST_CASE("what was decided is not asked again of a draft", "[app][check]") {
  const Desk desk;
  desk.temp().Write("articles/yes.txt", kYes);
  REQUIRE(desk.Ask({"ingest", "-q", "articles"}).status == 0);
  const std::string id =
      json::parse(desk.Ask({"contradictions", "--json"}).out)["contradictions"][0]["id"];
  CHECK(desk.Check("articles/yes.txt", kYes).status == 1);
  REQUIRE(desk.Ask({"review", id, "--as", "controversy"}).status == 0);
  CHECK(desk.Check("articles/yes.txt", std::string(kYes) + "\nMore water helps.\n").status == 0);
}

TEST_CASE("findings of a draft as JSON Lines and as SARIF", "[app][check]") {
  const Desk desk;
  const json line = json::parse(desk.Check("a b.txt", kYes, {"--format", "jsonl"}).out);
  CHECK(line["file"] == "a b.txt");
  CHECK(line["line"] == 7);
  CHECK(line["column"] == 1);
  CHECK(line["draft"] == "a");
  CHECK(line["articles"] == 1);
  CHECK(line["a"]["quote"] == "Stretch the calf at once");
  CHECK(line["state"] == "open");
  const json sarif = json::parse(desk.Check("a b.txt", kYes, {"--format", "sarif"}).out);
  CHECK(sarif["version"] == "2.1.0");
  const json& run = sarif["runs"][0];
  REQUIRE(run["results"].size() == 1);
  const json& result = run["results"][0];
  CHECK(result["level"] == "error");
  CHECK(result["ruleId"] == run["tool"]["driver"]["rules"][0]["id"]);
  const json& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "a%20b.txt");
  CHECK(place["region"]["startLine"] == 7);
  CHECK(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "articles/no.txt");
  CHECK(result["partialFingerprints"]["sakuinTension/v1"] == line["id"]);
  const json none =
      json::parse(desk.Check("c.txt", "Water\n\nDrink it.\n", {"--format", "sarif"}).out);
  CHECK(none["runs"][0]["results"].is_array());
}

TEST_CASE("records and other encodings have places too", "[app][check]") {
  const Desk desk;
  const json record{{"id", "r"}, {"title", "Night cramps"}, {"text", std::string(kYes)}};
  const json line =
      json::parse(desk.Check("d.jsonl", record.dump() + "\n", {"--format", "jsonl"}).out);
  CHECK(line["line"] == 7);
  const std::string page =
      "<html><head><title>Night cramps</title></head><body>\n<h1>Night "
      "cramps</h1>\n<h2>Calf cramp</h2>\n<p>Stretch the calf at once.</p>\n"
      "</body></html>\n";
  const json html = json::parse(desk.Check("d.html", page, {"--format", "jsonl"}).out);
  CHECK(html["line"] == 4);
  CHECK(html["column"] == 4);
}

}  // namespace
}  // namespace sakuin::test

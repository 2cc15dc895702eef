// Advice wherever the program shows it: the same object in show, extract, export and advice; and
// reports of a real knowledge base.

#include <nlohmann/json.hpp>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using nlohmann::json;

// Two articles that disagree, the second in two places.
class Setting {
 public:
  Setting() {
    temp_.Write(
        "a/clinic.txt",
        "Sprained ankle\n\nThe ankle is swollen. Apply an ice pack to the sprained ankle for 15 "
        "minutes. Keep the leg up.\n");
    temp_.Write("a/coach.txt", "Sprained ankle\n\nNever put ice on a sprained ankle.\n");
    Run({"ingest", temp_.File("a")});
  }
  CliResult Run(std::vector<std::string> arguments, const std::string& input = {}) const {
    arguments.insert(arguments.begin(), {"--db", temp_.File("kb.db")});
    return RunCli(arguments, input);
  }
  const TempDir& temp() const { return temp_; }

 private:
  TempDir temp_;
};

TEST_CASE("show, extract and export carry the advice that `advice` lists", "[app]") {
  const Setting setting;
  const json listed = json::parse(setting.Run({"advice", "--json"}).out)["advice"];
  REQUIRE(listed.size() >= 2);
  const std::string id = listed[0]["document"];
  const json document = json::parse(setting.Run({"show", id, "--json"}).out);
  json shown = json::array();
  for (const json& section : document["sections"]) {
    for (const json& one : section["advice"]) shown.push_back(one);
  }
  const json there = json::parse(setting.Run({"advice", "--json", "--in", id}).out)["advice"];
  REQUIRE_FALSE(shown.empty());
  CHECK(shown == there);
  const std::string section = listed[0]["section"];
  CHECK(json::parse(setting.Run({"show", section, "--json"}).out)["advice"] ==
        json::parse(setting.Run({"advice", "--json", "--in", section}).out)["advice"]);
  const CliResult extracted = setting.Run({"extract", setting.temp().File("a/clinic.txt")});
  const json sections = json::parse(extracted.out)["sections"];
  json again = json::array();
  for (const json& one : sections) {
    for (const json& advice : one["advice"]) again.push_back(advice);
  }
  CHECK(again == shown);
  CHECK(setting.Run({"export"}).out.find(extracted.out) != std::string::npos);
  const CliResult text = setting.Run({"show", id});
  CHECK(text.out.find("\n+ cold: recommend") != std::string::npos);
}

TEST_CASE("what extract prints with advice is read back unchanged", "[app]") {
  const Setting setting;
  const std::string exported = setting.Run({"export"}).out;
  const std::string copy = setting.temp().File("copy.db");
  CHECK(RunCli({"--db", copy, "ingest", "--format", "jsonl", "-"}, exported).status == 0);
  const json before = json::parse(setting.Run({"advice", "--json"}).out)["advice"];
  const json after = json::parse(RunCli({"--db", copy, "advice", "--json"}).out)["advice"];
  REQUIRE_FALSE(before.empty());
  CHECK(before == after);  // with the bytes of the first input
}

TEST_CASE("reports of a knowledge base tell lines, surroundings and reasons", "[app]") {
  const Setting setting;
  const json all = json::parse(setting.Run({"contradictions", "--json"}).out);
  REQUIRE(all["total"] == 1);
  const std::string reason = all["contradictions"][0]["explanation"];
  CHECK(reason.starts_with("A recommends "));
  CHECK(reason.find("B forbids ") != std::string::npos);
  CHECK(reason.find("15 minutes at a time") != std::string::npos);
  CHECK(reason.find("Only A says how much.") != std::string::npos);
  CHECK(all["contradictions"][0]["steps"].size() > 3);

  const json log = json::parse(setting.Run({"contradictions", "--format", "sarif"}).out);
  const json place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  CHECK(place["startLine"] == 3);
  CHECK(place["startColumn"] == 23);
  CHECK(place["byteOffset"] == all["contradictions"][0]["a"]["begin"]);

  const std::string html = setting.Run({"contradictions", "--format", "html"}).out;
  CHECK(html.find("<span class=\"context\">The ankle is swollen. </span><mark>Apply an ice") !=
        std::string::npos);
  CHECK(html.find("clinic.txt:3:23") != std::string::npos);
  for (const char* const language : {"ja", "zh-Hans", "zh-Hant"}) {
    const std::string other =
        setting.Run({"contradictions", "--json", "--ui-language", language}).out;
    CHECK(json::parse(other)["contradictions"][0]["explanation"] != reason);
    CHECK(json::parse(other)["contradictions"][0]["id"] == all["contradictions"][0]["id"]);
  }
  CHECK(
      setting.Run({"contradictions", "--format", "csv", "--bom"}).out.starts_with("\xEF\xBB\xBF"));
}

TEST_CASE("positions tell who recommends and who advises against", "[app]") {
  const Setting setting;
  const json table =
      json::parse(setting.Run({"positions", "--condition", "ankle sprain", "--json"}).out);
  REQUIRE_FALSE(table["actions"].empty());
  const json& ice = table["actions"][0];
  CHECK(ice["action"] == "cold");
  CHECK(ice["label"] == "ice");
  CHECK(ice["for"] == 1);
  CHECK(ice["against"] == 1);
  CHECK(ice["positions"][0]["direction"] == "for");
  CHECK(ice["positions"][0]["when_and_how"] == "15 minutes at a time");
  CHECK(ice["positions"][1]["advice"][0]["stance"] == "avoid");
  const CliResult none = setting.Run({"positions", "--condition", "knee pain"});
  CHECK(none.status == 1);
  CHECK(none.out.find("ankle-sprain (ankle sprain)") != std::string::npos);
  CHECK(setting.Run({"positions"}).status == 2);
}

}  // namespace
}  // namespace sakuin::test

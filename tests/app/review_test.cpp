// Decisions over the life of a knowledge base: no decided finding comes back, every edited one
// does.

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "indexer/store/sqlite/database.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;

class Collection {
 public:
  Collection() : kb_(temp_.File("k.db")) {
    Put("yes1", "Stretch the calf every day.");
    Put("yes2", "Stretch the calf at once.");
    Put("no1", "Do not stretch the calf.");
    Put("no2", "Never stretch the calf. Do not massage the calf.");
    Put("rub1", "Massage the calf every day.");
    Put("rub2", "Massage the calf at once.");
    Ingest();
  }
  // One article of one sentence or two, after `before`.
  void Put(const std::string& name, const std::string& says, const std::string& before = "") {
    says_[name] = says;
    temp_.Write("articles/" + name + ".txt", "Calf cramp: " + name + "\n\nIt is common.\n\n" +
                                                 before + "What to do\n\n" + says + "\n");
  }
  void Move(const std::string& from, const std::string& to) {
    std::filesystem::rename(temp_.File("articles/" + from + ".txt"),
                            temp_.File("articles/" + to + ".txt"));
  }
  void Ingest() { Run({"ingest", "--prune", "-q", temp_.File("articles")}); }

  CliResult Ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", kb_});
    return RunCli(arguments);
  }
  std::string Run(const std::vector<std::string>& arguments) const {
    const CliResult result = Ask(arguments);
    CAPTURE(arguments, result.err);
    REQUIRE(result.status == 0);
    return result.out;
  }
  json Pairs(const std::string& state = "all") const {
    return json::parse(Run({"contradictions", "--json", "--state", state}))["contradictions"];
  }
  json Pending() const { return json::parse(Run({"contradictions", "--json"}))["contradictions"]; }
  // Verdicts on all that is pending: whole findings, and every second one pair by pair.
  void DecideAll() const {
    static const std::vector<std::string> kStates{"confirmed", "conditional-ok", "controversy",
                                                  "duplicate"};
    std::map<std::string, std::vector<std::string>> findings;
    for (const json& pair : Pending()) findings[pair["cluster"]].push_back(pair["id"]);
    std::size_t n = 0;
    for (const auto& [finding, pairs] : findings) {
      if (++n % 2 == 1) {
        Run({"review", finding, "--as", "false-positive", "--reason", "N3", "--by", "kim"});
        continue;
      }
      for (const std::string& id : pairs) {
        Run({"review", id, "--as", kStates[n++ % kStates.size()], "--note", "seen", "--by", "lee"});
      }
    }
  }
  static std::string Quotes(const json& pair) {
    return std::string(pair["a"]["quote"]) + "|" + std::string(pair["b"]["quote"]);
  }
  static std::map<std::string, std::string> StatesByQuotes(const json& pairs) {
    std::map<std::string, std::string> out;
    for (const json& pair : pairs) out[Quotes(pair)] = pair["state"];
    return out;
  }

  const TempDir& temp() const { return temp_; }
  const std::string& kb() const { return kb_; }

 private:
  TempDir temp_;
  std::string kb_;
  std::map<std::string, std::string> says_;
};

// What was decided: target, state, pairs and number of quotes of each entry. Documents have ids of
// their own in every folder.
std::multiset<std::string> Entries(const Collection& all) {
  std::multiset<std::string> out;
  std::istringstream lines(all.Run({"review", "--export", "-"}));
  for (std::string line; std::getline(lines, line);) {
    const json entry = json::parse(line);
    std::set<std::string> pairs;
    for (const json& pair : entry["pairs"]) pairs.insert(pair["id"]);
    out.insert(json{entry["target"], entry["state"], pairs}.dump());
  }
  return out;
}

TEST_CASE("a verdict is the same whether findings are remembered or not", "[app][review]") {
  const Collection remembered;
  const Collection forgotten;
  const auto forget = [&forgotten] {
    auto db = store::Database::Open(forgotten.kb(), store::OpenMode::kWrite);
    REQUIRE(db);
    REQUIRE(db->Execute("DELETE FROM finding_index"));
  };
  std::set<std::string> targets;
  for (const json& pair : remembered.Pending()) {
    targets.insert({pair["id"].get<std::string>(), pair["cluster"].get<std::string>()});
  }
  REQUIRE(targets.size() >= 8);
  for (const std::string& id : targets) {
    remembered.Run({"review", id.substr(0, 12), "--as", "confirmed", "--by", "kim"});
    forget();
    forgotten.Run({"review", id.substr(0, 12), "--as", "confirmed", "--by", "kim"});
  }
  CHECK(Entries(remembered).size() == targets.size());
  CHECK(Entries(remembered) == Entries(forgotten));
  // An id that is none is told as ever.
  CHECK_THAT(remembered.Ask({"review", "ffff0000ffff0000", "--as", "fixed"}).err,
             ContainsSubstring("no finding or pair has the id"));
}

TEST_CASE("no decided finding comes back, every edited one does", "[app][review]") {
  Collection all;
  REQUIRE(all.Pending().size() >= 6);
  all.DecideAll();
  const auto decided = Collection::StatesByQuotes(all.Pairs());
  CHECK(all.Pending().empty());
  CHECK(all.Ask({"contradictions", "--fail-on", "low"}).status == 0);

  // Everything around the sentences: nothing comes back.
  all.Put("yes1", "Stretch the calf every day!", "Who has it\n\nOne in three adults.\n\n");
  all.Put("no1", "Please wait.\n\nDo not stretch the calf.");
  all.Put("other", "Drink water.");
  all.Move("rub2", "aa-first");
  all.Ingest();
  CHECK(all.Pending().empty());
  all.Run({"rebuild", "-q"});
  CHECK(all.Pending().empty());
  CHECK(Collection::StatesByQuotes(all.Pairs()).size() == decided.size());
  CHECK(all.Run({"verify"}) == "sound\n");

  // Two sentences are edited: the pairs that rest on them come back, and no other.
  const auto edit = [&all](const std::string& name, const std::string& says,
                           const std::string& quote) {
    all.Put(name, says);
    all.Ingest();
    const json pending = all.Pending();
    CHECK_FALSE(pending.empty());
    for (const json& pair : pending) {
      CAPTURE(pair.dump());
      CHECK(pair["state"] == "changed");
      CHECK(pair.contains("verdict"));
      CHECK(pair.contains("reviewed_by"));
      CHECK(pair.contains("reviewed_at"));
      CHECK(Collection::Quotes(pair).find(quote) != std::string::npos);
    }
    for (const json& pair : all.Pairs()) {
      const bool touched = Collection::Quotes(pair).find(quote) != std::string::npos;
      CAPTURE(pair.dump());
      CHECK((pair["state"] == "changed") == touched);
    }
  };
  edit("yes1", "You should stretch the calf daily.", "You should stretch");
  CHECK(all.Ask({"contradictions", "--fail-on", "low"}).status == 1);
  all.DecideAll();
  CHECK(all.Pending().empty());
  edit("rub1", "You should massage the calf daily.", "You should massage");
  all.DecideAll();
  all.Ingest();
  CHECK(all.Pending().empty());
}

TEST_CASE("decisions are shown, taken back, and shared by files", "[app][review]") {
  Collection all;
  const json first = all.Pending()[0];
  const std::string id = first["id"];
  const std::string finding = first["cluster"];
  all.Run({"review", id.substr(0, 8), "--as", "confirmed", "--by", "kim", "--note", "ask"});
  const json shown = all.Pairs("confirmed");
  REQUIRE(shown.size() == 1);
  CHECK(shown[0]["id"] == id);
  CHECK(shown[0]["note"] == "ask");
  CHECK(shown[0]["reviewed_by"] == "kim");
  CHECK_THAT(std::string(shown[0]["reviewed_at"]),
             ContainsSubstring("T") && ContainsSubstring("Z"));
  for (const json& pair : all.Pending()) CHECK(pair["id"] != id);

  all.Run({"review", finding, "--as", "fixed", "--by", "lee"});
  CHECK(json::parse(all.Run({"review", "--list", "--json"}))["total"] == 2);
  CHECK(json::parse(all.Run({"review", "--list", "--json"}))["reviews"][0]["now"] == "stands");
  CHECK(all.Pairs("confirmed").size() == 1);
  all.Run({"review", "--undo", id, "--by", "kim"});
  CHECK(all.Pairs("confirmed").empty());
  CHECK(json::parse(all.Run({"review", "--log", id, "--json"}))["total"] == 2);
  CHECK(json::parse(all.Run({"review", "--log", "--json"}))["total"] == 3);
  CHECK(all.Ask({"review", "--undo", id}).status == 2);

  const std::string copy = all.temp().File("copy.db");
  all.Run({"backup", copy});
  all.Run({"optimize"});
  const CliResult kept = RunCli({"--db", copy, "review", "--export", "-"});
  CHECK(kept.out == all.Run({"review", "--export", "-"}));
  CHECK(RunCli({"--db", copy, "verify"}).status == 0);

  // Another team's file, both ways round.
  Collection other;
  other.Run({"review", finding, "--as", "controversy", "--by", "min"});
  const std::string ours = all.temp().File("ours.jsonl");
  const std::string theirs = all.temp().File("theirs.jsonl");
  all.Run({"review", "--export", ours});
  other.Run({"review", "--export", theirs});
  CHECK_THAT(all.Run({"review", "--import", theirs}), ContainsSubstring("1 added"));
  CHECK_THAT(other.Run({"review", "--import", ours}), ContainsSubstring("3 added"));
  CHECK_THAT(other.Run({"review", "--import", ours}), ContainsSubstring("0 added, 3 known"));
  CHECK(all.Run({"review", "--export", "-"}) == other.Run({"review", "--export", "-"}));
  CHECK(Collection::StatesByQuotes(all.Pairs()) == Collection::StatesByQuotes(other.Pairs()));
}

TEST_CASE("a finding with more pairs than are listed is decided whole", "[app][review]") {
  Collection all;
  for (int i = 0; i < 14; ++i) {
    const std::string n = std::to_string(i);
    all.Put("more" + n, "Stretch the calf every day in room " + n + ".");
    all.Put("less" + n, "Do not stretch the calf in room " + n + ".");
  }
  all.Ingest();
  const json pending = all.Pending();
  const std::string finding = pending[0]["cluster"];
  std::size_t listed = 0;
  for (const json& pair : pending) listed += pair["cluster"] == finding ? 1 : 0;
  CHECK(listed == 64);
  all.Run({"review", finding, "--as", "confirmed"});
  const auto of_finding = [&all, &finding] {
    std::size_t out = 0;
    for (const json& pair : all.Pending()) out += pair["cluster"] == finding ? 1 : 0;
    return out;
  };
  CHECK(of_finding() == 0);
  // Others move up: they were there when it was decided.
  all.Put("more0", "Drink water.");
  all.Put("less0", "Drink water, too.");
  all.Ingest();
  CHECK(of_finding() == 0);
  // A draft is told all the same, of what is new in it.
  const std::string draft = all.temp().Write(
      "draft.txt",
      "Calf cramp\n\nIt is common.\n\nWhat to do\n\nStretch the calf every night in room 7.\n"
      "You should stretch the calf.\n");
  CHECK(all.Ask({"check", draft}).status == 1);
  // A new sentence brings it back, if it is among the best.
  all.Put("yes3", "Always stretch the calf at once.");
  all.Ingest();
  CHECK(of_finding() > 0);
}

TEST_CASE("what cannot be decided is said clearly", "[app][review]") {
  Collection all;
  const std::string id = all.Pending()[0]["id"];
  std::string near = id;
  near[3] = near[3] == 'a' ? 'b' : 'a';
  const CliResult unknown = all.Ask({"review", near, "--as", "fixed"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, ContainsSubstring("did you mean") && ContainsSubstring(id));
  const CliResult nothing = all.Ask({"review", "zzzz", "--as", "fixed"});
  CHECK(nothing.status == 2);
  CHECK_THAT(nothing.err,
             ContainsSubstring("has the id 'zzzz'") && ContainsSubstring("sakuin contradictions"));
  CHECK_THAT(all.Ask({"review", id, "--as", "false-positive"}).err,
             ContainsSubstring("needs --reason") && ContainsSubstring("N8 misread"));
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"review"},
        {"review", id},
        {"review", "--as", "fixed"},
        {"review", id, "--as", "great"},
        {"review", "--list", "--log"},
        {"review", id, "--as", "false-positive", "--reason", "N9"},
        {"review", "--import", all.temp().File("nowhere")}}) {
    CAPTURE(wrong);
    CHECK(all.Ask(wrong).status == 2);
  }
  CHECK(all.Run({"review", "--log"}) == "0 entries\n");
  const std::string bad = all.temp().Write("bad.jsonl", "{\"target\":\"x\"}\n");
  CHECK_THAT(all.Ask({"review", "--import", bad}).err, ContainsSubstring("bad.jsonl:1: "));
}

TEST_CASE("a baseline hides what is known until it is edited", "[app][review]") {
  Collection all;
  const std::string file = all.temp().File("known.jsonl");
  CHECK(all.Ask({"contradictions", "--baseline", file}).status == 2);
  const CliResult made = all.Ask({"contradictions", "--baseline", file, "--update-baseline",
                                  "--fail-on", "low", "--format", "jsonl"});
  CHECK(made.status == 0);
  CHECK(made.out.empty());
  CHECK_THAT(made.err, ContainsSubstring("known.jsonl: ") && ContainsSubstring(" 0 gone"));
  const std::vector<std::string> ask{"contradictions", "--baseline", file, "--fail-on", "low",
                                     "--format",       "jsonl"};
  CHECK(all.Ask(ask).status == 0);
  all.Put("yes1", "You should stretch the calf daily.");
  all.Ingest();
  const CliResult again = all.Ask(ask);
  CHECK(again.status == 1);
  CHECK_THAT(again.out, ContainsSubstring("You should stretch"));
  const std::string before = ReadFile(file);
  all.Run({"contradictions", "--baseline", file, "--update-baseline"});
  CHECK(ReadFile(file) != before);
  CHECK(all.Ask(ask).status == 0);
}

TEST_CASE("verify sees every column of advice that a reader is shown", "[app][review]") {
  for (const char* change :
       {"UPDATE advice SET details = '{}'",
        "UPDATE advice SET details = json_set(details, '$.conditions_from', 'sentence')",
        "UPDATE advice SET details = json_set(details, '$.reason', json('[0,3]'))"}) {
    INFO(change);
    const Collection all;
    REQUIRE(all.Ask({"verify"}).status == 0);
    {
      auto db = store::Database::Open(all.kb(), store::OpenMode::kWrite);
      REQUIRE(db);
      REQUIRE(db->Execute(change));
    }
    CHECK(all.Ask({"verify"}).status == 1);
  }
}

}  // namespace
}  // namespace sakuin::test

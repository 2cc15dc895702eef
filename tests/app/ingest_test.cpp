// What re-running, pruning, exporting and rebuilding promise.

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using nlohmann::json;

json Ingest(const std::string& kb, std::vector<std::string> more) {
  std::vector<std::string> arguments{"--db", kb, "ingest", "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const CliResult result = RunCli(arguments);
  CAPTURE(result.err);
  REQUIRE(result.status <= 1);
  return json::parse(result.out);
}

std::string ExportOf(const std::string& kb) { return RunCli({"--db", kb, "export"}).out; }

TEST_CASE("running again skips what has not changed and replaces what has", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  temp.Write("a/one.txt", "One\n\nmassage the calf\n");
  temp.Write("a/two.txt", "Two\n\nrest the knee\n");
  const std::string folder = temp.File("a");
  CHECK(Ingest(kb, {folder})["added"] == 2);
  CHECK(Ingest(kb, {folder})["unchanged"] == 2);
  temp.Write("a/one.txt", "One\n\nstop massaging\n");
  const json changed = Ingest(kb, {folder});
  CHECK(changed["updated"] == 1);
  CHECK(changed["unchanged"] == 1);
  CHECK(RunCli({"--db", kb, "search", "\"massage the calf\""}).status == 1);
  CHECK(RunCli({"--db", kb, "search", "massaging"}).status == 0);
  std::filesystem::remove(temp.File("a/two.txt"));
  CHECK(Ingest(kb, {"--dry-run", "--prune", folder})["removed"] == 1);
  CHECK(RunCli({"--db", kb, "search", "knee"}).status == 0);
  CHECK(Ingest(kb, {"--prune", folder})["removed"] == 1);
  CHECK(RunCli({"--db", kb, "search", "knee"}).status == 1);
  CHECK(RunCli({"--db", kb, "verify"}).status == 0);
}

TEST_CASE("the summary counts the pairs that contradictions finds", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  temp.Write("a/one.txt",
             "Calf cramp\n\nYou should massage the calf when you have a calf cramp.\n");
  CHECK(Ingest(kb, {temp.File("a")})["tensions"] == 0);
  temp.Write("a/two.txt",
             "Calf cramp at night\n\nNever massage the calf when you have a calf cramp.\n");
  const json summary = Ingest(kb, {temp.File("a")});
  CHECK(summary["tensions"] == 1);
  const json found = json::parse(RunCli({"--db", kb, "contradictions", "--json"}).out);
  CHECK(summary["tensions"] == found["total"]);
}

TEST_CASE("the report says of every document what became of it", "[app]") {
  const TempDir temp;
  temp.Write("a/page.html",
             "<meta charset=gbk><title>Knees</title><nav>Home <a href=/>menu</a></nav>"
             "<article><h1>Knees</h1><p>Rest the knee for two days and walk again "
             "on the third day.</p><ul><li>Ice</ul></article><footer>Imprint</footer>");
  temp.Write("a/answers.txt",
             ReadFile(RepositoryPath("tests/pages/text-zh-qa-speakers/source.txt")));
  const std::string kb = temp.File("kb.db");
  const json report = Ingest(kb, {temp.File("a")})["report"];
  REQUIRE(report.size() == 2);
  const json& dump = report[0];
  CHECK(dump["action"] == "added");
  CHECK(dump["encoding_reason"] == "utf-8");
  CHECK(dump["profile"] == "plain-text");
  CHECK(dump["truncated"] == 1);
  CHECK(dump["kept"]["heading"] == 3);
  CHECK(dump["dropped"]["speaker"] == 6);
  const json& page = report[1];
  CHECK(page["encoding"] == "GBK");
  CHECK(page["encoding_reason"] == "declared");
  CHECK(page["kept"] == json({{"list item", 1}, {"paragraph", 1}}));
  CHECK(page["dropped"]["stripped"] == 2);
  CHECK(Ingest(kb, {temp.File("a")})["report"].empty());
  // What the knowledge base holds comes back with it.
  const json exported = json::parse(ExportOf(kb).substr(0, ExportOf(kb).find('\n')));
  CHECK(exported["sections"][2]["truncated"] == true);
  CHECK(exported["sections"][1]["speakers"][0].size() == 3);
}

TEST_CASE("the index is the same whatever the number of threads and the order of files", "[app]") {
  const TempDir temp;
  const std::string articles = RepositoryPath("corpus/articles");
  const std::string one = temp.File("one.db");
  const std::string four = temp.File("four.db");
  Ingest(one, {"--jobs", "1", articles});
  Ingest(four, {"--jobs", "4", articles + "/zh-Hant", articles + "/ja", articles + "/en",
                articles + "/zh-Hans"});
  CHECK(ExportOf(one) == ExportOf(four));
  CHECK_FALSE(ExportOf(one).empty());
}

TEST_CASE("what export and extract write comes back unchanged", "[app]") {
  const TempDir temp;
  const std::string articles = RepositoryPath("corpus/articles");
  const std::string first = temp.File("first.db");
  Ingest(first, {articles});
  const std::string exported = ExportOf(first);
  const std::string second = temp.File("second.db");
  Ingest(second, {"--format", "jsonl", temp.Write("all.jsonl", exported)});
  CHECK(ExportOf(second) == exported);
  std::string extracted = RunCli({"extract", articles}).out;
  std::vector<std::string> a = Split(extracted, '\n');
  std::vector<std::string> b = Split(exported, '\n');
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  CHECK(a == b);
}

TEST_CASE("a rebuild gives the same knowledge base with and without sources", "[app]") {
  const TempDir temp;
  const std::string articles = RepositoryPath("corpus/articles/ja");
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, std::vector<std::string>{"--no-keep-source"}}) {
    const std::string kb = temp.File("kb" + std::to_string(options.size()) + ".db");
    std::vector<std::string> arguments = options;
    arguments.push_back(articles);
    Ingest(kb, arguments);
    const std::string before = ExportOf(kb);
    REQUIRE(RunCli({"--db", kb, "rebuild"}).status == 0);
    CHECK(ExportOf(kb) == before);
    CHECK(RunCli({"--db", kb, "verify"}).status == 0);
  }
}

TEST_CASE("a document can be shown and deleted by its id", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  Ingest(kb,
         {temp.Write("a.txt", "Knee\n\nCauses\n\nOveruse is a frequent cause of pain there.\n")});
  const json listed = json::parse(RunCli({"--db", kb, "list", "--json"}).out);
  const std::string id = listed[0]["id"];
  const json shown = json::parse(RunCli({"--db", kb, "show", "--json", id.substr(0, 6)}).out);
  CHECK(shown["id"] == id);
  CHECK(shown["sections"].size() == 2);
  const json section = json::parse(RunCli({"--db", kb, "show", "--json", id + "#1"}).out);
  CHECK(section["heading"] == "Causes");
  CHECK(RunCli({"--db", kb, "show", id + "#7"}).status == 2);
  CHECK(RunCli({"--db", kb, "show", "nothing"}).status == 2);
  CHECK(RunCli({"--db", kb, "delete", "nothing"}).status == 2);
  CHECK(RunCli({"--db", kb, "delete", id}).status == 0);
  CHECK(json::parse(RunCli({"--db", kb, "list", "--json"}).out).empty());
  CHECK(RunCli({"--db", kb, "verify"}).status == 0);
}

TEST_CASE("a backup is a whole knowledge base", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  Ingest(kb, {RepositoryPath("corpus/articles/en")});
  REQUIRE(RunCli({"--db", kb, "backup", temp.File("copy.db")}).status == 0);
  CHECK(ExportOf(temp.File("copy.db")) == ExportOf(kb));
  CHECK(RunCli({"--db", temp.File("copy.db"), "verify"}).status == 0);
  CHECK(RunCli({"--db", kb, "backup", temp.File("copy.db")}).status == 2);
}

TEST_CASE("damage is found and told where", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  Ingest(kb, {RepositoryPath("corpus/articles")});
  const std::string bytes = ReadFile(kb);
  int noticed = 0;
  constexpr int kTrials = 40;
  for (int i = 0; i < kTrials; ++i) {
    std::string damaged = bytes;
    const std::size_t at = 8192 + static_cast<std::size_t>(i) * (bytes.size() - 9000) / kTrials;
    for (std::size_t j = 0; j < 64; ++j)
      damaged[at + j] = static_cast<char>(damaged[at + j] ^ 0x55);
    const std::string path = temp.Write("damaged.db", damaged);
    const CliResult result = RunCli({"--db", path, "verify"});
    CAPTURE(at, result.out, result.err);
    REQUIRE(result.status <= 2);
    noticed += result.status != 0 ? 1 : 0;
  }
  CHECK(noticed >= kTrials * 2 / 3);  // bytes between rows are not used
}

TEST_CASE("a reading finds its base and goes with it", "[app]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  const std::string head = "<html><head><title>膝</title></head><body><h1>膝</h1><p>";
  const std::string tail =
      "の裏が張る日は、座る時間を減らし、湯船で温めてから寝ます。</p></body></html>";
  temp.Write("a/page.html",
             head +
                 "右の<ruby>腓<rt>ひ</rt>腹<rt>ふく</rt></ruby>筋と<ruby>knee<rt>ニー</rt></ruby>" +
                 tail);
  REQUIRE(Ingest(kb, {temp.File("a")})["added"] == 1);
  const json found = json::parse(RunCli({"--db", kb, "search", "--json", "ヒフク"}).out);
  REQUIRE(found["total"] == 1);
  const json& snippet = found["hits"][0]["snippet"];
  const std::string text = snippet["text"];
  REQUIRE(snippet["highlights"].size() == 1);
  const std::size_t begin = snippet["highlights"][0][0];
  const std::size_t end = snippet["highlights"][0][1];
  CHECK(text.substr(begin, end - begin) == "腓腹");
  CHECK(found["hits"][0]["matches"][0]["kind"] == "variant");
  CHECK(RunCli({"--db", kb, "search", "\"ふく\""}).status == 0);
  CHECK(RunCli({"--db", kb, "search", "--exact", "ひふく"}).status == 1);
  CHECK(RunCli({"--db", kb, "search", "\"ひふくニー\""}).status == 1);  // not one reading
  // What is exported comes back with its readings.
  const std::string copy = temp.File("copy.db");
  Ingest(copy, {"--format", "jsonl", temp.Write("out.jsonl", ExportOf(kb))});
  CHECK(ExportOf(copy) == ExportOf(kb));
  CHECK(RunCli({"--db", copy, "search", "ひふく"}).status == 0);
  // Replaced by a page without it.
  temp.Write("a/page.html", head + "右の腓腹筋" + tail);
  CHECK(Ingest(kb, {temp.File("a")})["updated"] == 1);
  CHECK(RunCli({"--db", kb, "search", "ひふく"}).status == 1);
  CHECK(RunCli({"--db", kb, "verify"}).status == 0);
}

}  // namespace
}  // namespace sakuin::test

// Bad input: each gives a clear message with what to do, the right exit status, and loses nothing.

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "indexer/base/files.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;

constexpr const char* kGood = "Knee pain\n\nRest the knee for two days.\n";

// A knowledge base with one good article, and a folder for more.
class Home {
 public:
  Home() {
    temp_.Write("good/knee.txt", kGood);
    const CliResult made = Run({"ingest", temp_.File("good")});
    REQUIRE(made.status == 0);
  }
  CliResult Run(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), {"--db", kb()});
    return RunCli(arguments, input);
  }
  // Ingests one more file beside the good one.
  CliResult Add(const std::string& name, const std::string& bytes) {
    return Run({"ingest", temp_.File("good"), temp_.Write("bad/" + name, bytes)});
  }
  std::string kb() const { return temp_.File("kb.db"); }
  const TempDir& temp() const { return temp_; }
  void IsWhole() {
    CHECK(Run({"verify"}).status == 0);
    CHECK(Run({"search", "\"two days\""}).status == 0);
  }

 private:
  TempDir temp_;
};

TEST_CASE("an input that cannot be read is told and counted and never stops the others",
          "[app][bad-input]") {
  Home home;
  const std::vector<std::pair<std::string, std::string>> bad{
      {"empty.txt", ""},
      {"blank.txt", " \n\n \t"},
      {"binary.bin", RandomBytes(1, 5000)},
      {"image.png", std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0", 24)},
      {"page.jsonl", "this is no JSON\n"},
      {"none.jsonl", "{\"title\":\"no text\"}\n"}};
  for (const auto& [name, bytes] : bad) {
    CAPTURE(name);
    const CliResult result = home.Add(name, bytes);
    CHECK(result.status == 1);
    CHECK_THAT(result.err, ContainsSubstring("rejected"));
    CHECK_THAT(result.err, ContainsSubstring(name));
  }
  home.IsWhole();
}

TEST_CASE("when every input is bad the status is 2", "[app][bad-input]") {
  Home home;
  CHECK(home.Run({"ingest", home.temp().Write("bad/empty.txt", "")}).status == 2);
  const CliResult missing = home.Run({"ingest", home.temp().File("nowhere")});
  CHECK(missing.status == 2);
  CHECK_THAT(missing.err, ContainsSubstring("no such file"));
  home.IsWhole();
}

TEST_CASE("broken bytes become U+FFFD with a warning and status 0", "[app][bad-input]") {
  Home home;
  const CliResult result = home.Add("broken.txt", "Calf cramp\n\nStretch \xFF\xC0 the calf.\n");
  CHECK(result.status == 0);
  CHECK_THAT(result.err, ContainsSubstring("U+FFFD"));
  CHECK(home.Run({"search", "stretch"}).status == 0);
}

TEST_CASE("one bad line of JSON Lines is named and the others are kept", "[app][bad-input]") {
  Home home;
  const CliResult result = home.Add("records.jsonl",
                                    "{\"id\":\"a\",\"title\":\"A\",\"text\":\"ankle sprain one\"}\n"
                                    "{broken\n"
                                    "{\"id\":\"b\",\"title\":\"B\",\"text\":\"ankle sprain two\"}\n"
                                    "{\"id\":\"a\",\"title\":\"C\",\"text\":\"the same id\"}\n");
  CHECK(result.status == 1);
  CHECK_THAT(result.err, ContainsSubstring("records.jsonl:2"));
  CHECK_THAT(result.err, ContainsSubstring("same id 'a'"));
  const json found = json::parse(home.Run({"search", "--json", "\"ankle sprain\""}).out);
  CHECK(found["total"] == 2);
}

TEST_CASE("a folder without permission is told", "[app][bad-input]") {
  if (geteuid() == 0) return;  // root may read everything
  Home home;
  const std::string folder = home.temp().File("locked");
  std::filesystem::create_directories(folder);
  chmod(folder.c_str(), 0);
  const CliResult result = home.Run({"ingest", home.temp().File("good"), folder});
  chmod(folder.c_str(), 0700);
  CHECK(result.status == 1);
  CHECK_THAT(result.err, ContainsSubstring("cannot read the folder"));
}

TEST_CASE("hostile pages are read in bounded time", "[app][bad-input]") {
  Home home;
  std::string nested;
  for (int i = 0; i < 100000; ++i) nested += "<div>";
  std::string tables;
  for (int i = 0; i < 30000; ++i) tables += "<table><tr><td>";
  std::string formatting;
  for (int i = 0; i < 100000; ++i) formatting += "<b><p>";
  std::string attributes = "<p";
  for (int i = 0; i < 40000; ++i) attributes += " a" + std::to_string(i) + "=1";
  const std::string text = "The hostile page says ankle.";
  const std::vector<std::pair<std::string, std::string>> pages{
      {"nested.html", "<html><body>" + nested + text},
      {"tables.html", "<html><body>" + tables + text},
      {"formatting.html", "<html><body>" + formatting + text},
      {"attributes.html", "<html><body>" + attributes + ">" + text + "</p>"},
      {"unclosed.html", "<html><body><p>" + text + "<p>" + text + "<b>never <i>closed"},
      {"line.txt", "Long\n\n" + std::string(1000000, 'x') + " ankle"}};
  for (const auto& [name, bytes] : pages) {
    CAPTURE(name);
    const auto start = std::chrono::steady_clock::now();
    const CliResult result = home.Add(name, bytes);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    CHECK(result.status <= 1);
    if (result.status == 1) CHECK_THAT(result.err, ContainsSubstring("rejected"));
    CHECK(took.count() < 20);  // without the guard: half a minute and gigabytes
  }
  CHECK(json::parse(home.Run({"search", "--json", "--duplicates", "ankle"}).out)["total"] >= 4);
  home.IsWhole();
}

TEST_CASE("any text is a valid query", "[app][bad-input]") {
  Home home;
  const std::vector<std::string> queries{"\"",
                                         "\"\"",
                                         "(((((",
                                         "))))",
                                         "-",
                                         "*",
                                         ":",
                                         "title:",
                                         "OR",
                                         "AND OR NOT NEAR/5",
                                         "'; DROP TABLE section; --",
                                         "rest* -",
                                         "NEAR/",
                                         "\xFF\xFE",
                                         std::string(10000, '"'),
                                         std::string(10000, '('),
                                         std::string(5000, 'a') + " rest",
                                         "a\x01b",
                                         "heading:(",
                                         "- - -",
                                         "\"rest\"\"",
                                         "{heading} : x",
                                         "rowid:1"};
  for (const std::string& query : queries) {
    CAPTURE(query.substr(0, 40));
    const CliResult result = home.Run({"search", "--json", "--", query});
    CHECK(result.status <= 1);
    CHECK(json::parse(result.out).contains("hits"));
  }
  home.IsWhole();
}

TEST_CASE("what is no knowledge base is left as it is", "[app][bad-input]") {
  const TempDir temp;
  const std::vector<std::pair<std::string, std::string>> files{
      {"text.db", "hello, this is only some text that somebody wrote down"},
      {"one.db", "x"},
      {"noise.db", RandomBytes(3, 9000)}};
  for (const auto& [name, bytes] : files) {
    CAPTURE(name);
    const std::string path = temp.Write(name, bytes);
    for (const char* command : {"search", "list", "verify"}) {
      std::vector<std::string> arguments{"--db", path, command};
      if (std::string(command) == "search") arguments.emplace_back("knee");
      const CliResult result = RunCli(arguments);
      CHECK(result.status == 2);
      CHECK_THAT(result.err, ContainsSubstring("not a Sakuin knowledge base"));
    }
    CHECK(RunCli({"--db", path, "ingest", temp.Write("a.txt", kGood)}).status == 2);
    CHECK(ReadFile(path) == bytes);
  }
  const CliResult folder = RunCli({"--db", temp.path(), "list"});
  CHECK(folder.status == 2);
  const CliResult missing = RunCli({"--db", temp.File("none.db"), "search", "knee"});
  CHECK(missing.status == 2);
  CHECK_THAT(missing.err, ContainsSubstring("ingest"));
  CHECK_FALSE(files::Exists(temp.File("none.db")));
}

void Sql(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

TEST_CASE("another SQLite file and a newer knowledge base are refused untouched",
          "[app][bad-input]") {
  const TempDir temp;
  const std::string other = temp.File("other.db");
  Sql(other, "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)");
  const std::string before = ReadFile(other);
  CHECK(RunCli({"--db", other, "ingest", temp.Write("a.txt", kGood)}).status == 2);
  CHECK(ReadFile(other) == before);

  Home home;
  Sql(home.kb(), "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99");
  const CliResult newer = home.Run({"search", "knee"});
  CHECK(newer.status == 2);
  CHECK_THAT(newer.err, ContainsSubstring("newer"));
  CHECK(home.Run({"ingest", home.temp().File("good")}).status == 2);
}

TEST_CASE("a knowledge base of other rules names the command that rebuilds it",
          "[app][bad-input]") {
  Home home;
  Sql(home.kb(), "UPDATE info SET value = 'other' WHERE key = 'analyzer'");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"search", "knee"}, {"ingest", home.temp().File("good")}}) {
    const CliResult result = home.Run(arguments);
    CHECK(result.status == 2);
    CHECK_THAT(result.err, ContainsSubstring("rebuild"));
  }
  CHECK(home.Run({"rebuild"}).status == 0);
  home.IsWhole();
}

TEST_CASE("a locked knowledge base can be read but not written", "[app][bad-input][slow]") {
  Home home;
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(home.kb().c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(home.Run({"search", "knee"}).status == 0);
  const CliResult result = home.Add("more.txt", "More\n\nMore of the knee.\n");
  sqlite3_close(db);
  CHECK(result.status == 2);
  CHECK_THAT(result.err, ContainsSubstring("another process"));
  home.IsWhole();
}

TEST_CASE("a read-only knowledge base can be searched", "[app][bad-input]") {
  if (geteuid() == 0) return;  // root may write everything
  Home home;
  const std::string folder = home.temp().File("archive");
  std::filesystem::create_directories(folder);
  std::filesystem::rename(home.kb(), folder + "/kb.db");
  chmod((folder + "/kb.db").c_str(), 0400);
  chmod(folder.c_str(), 0500);
  CHECK(RunCli({"--db", folder + "/kb.db", "search", "knee"}).status == 0);
  const CliResult result =
      RunCli({"--db", folder + "/kb.db", "ingest", home.temp().Write("a.txt", kGood)});
  chmod(folder.c_str(), 0700);
  CHECK(result.status == 2);
  CHECK_THAT(result.err, ContainsSubstring("read-only"));
}

TEST_CASE("wrong usage says what and where to look", "[app][bad-input]") {
  const CliResult typo = RunCli({"serach", "knee"});
  CHECK(typo.status == 2);
  CHECK_THAT(typo.err, ContainsSubstring("did you mean `sakuin search`"));
  CHECK(RunCli({"search"}).status == 2);
  CHECK(RunCli({"ingest", "--encoding", "KLINGON", "x"}).status == 2);
  CHECK(RunCli({"--no-such-flag"}).status == 2);
  CHECK(RunCli({"--db", "opensearch+http://localhost:9200/x", "list"}).status == 2);
  CHECK(RunCli({"--data-dir", "/nowhere", "explain", "x"}).status == 2);
}

}  // namespace
}  // namespace sakuin::test

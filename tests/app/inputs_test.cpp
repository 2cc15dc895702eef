// Archives and other inputs through the real program: running again, pruning, rebuilding, and that
// nothing is written beside the knowledge base.

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/base/data_dir.h"
#include "tests/support/archives.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;

json Ingest(const std::string& kb, std::vector<std::string> more, int status = 0) {
  std::vector<std::string> arguments{"--db", kb, "ingest", "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const CliResult result = RunCli(arguments);
  CAPTURE(result.err);
  REQUIRE(result.status == status);
  return json::parse(result.out);
}

std::vector<std::string> Files(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string Texts(const std::string& kb) {
  std::vector<std::string> out;
  for (const std::string& line : Split(RunCli({"--db", kb, "export"}).out, '\n')) {
    if (line.empty()) continue;
    const json record = json::parse(line);
    std::string one = record["title"];
    for (const json& section : record["sections"]) one += "|" + std::string(section["text"]);
    out.push_back(one);
  }
  std::sort(out.begin(), out.end());
  std::string all;
  for (const std::string& one : out) all += one + "\n";
  return all;
}

}  // namespace

TEST_CASE("an archive is ingested again and pruned as a folder is", "[app][inputs]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  const ArchiveMember one{"one.txt", "One\n\nmassage the calf\n"};
  const ArchiveMember two{"two.md", "# Two\n\nrest the knee\n"};
  const std::string zip = temp.Write("in/a.zip", MakeArchive("zip", {one, two}));
  CHECK(Ingest(kb, {temp.File("in")})["added"] == 2);
  CHECK(Ingest(kb, {temp.File("in")})["unchanged"] == 2);
  temp.Write("in/a.zip", MakeArchive("zip", {{"one.txt", "One\n\nstop it\n"}, two}));
  CHECK(Ingest(kb, {zip})["updated"] == 1);
  const std::string before = RunCli({"--db", kb, "export"}).out;
  REQUIRE(RunCli({"--db", kb, "rebuild"}).status == 0);
  CHECK(RunCli({"--db", kb, "export"}).out == before);
  // What a damaged archive held is not forgotten: it may still be there.
  std::string long_text = two.bytes;
  for (int i = 0; i < 5000; ++i) long_text += std::to_string(i * 7919) + " steps\n";
  const std::string whole = MakeArchive("tar.gz", {one, {two.name, long_text}});
  temp.Write("in/a.zip", whole.substr(0, whole.size() / 2));
  CHECK(Ingest(kb, {"--prune", temp.File("in")}, 2)["removed"] == 0);
  temp.Write("in/a.zip", MakeArchive("zip", {one}));
  CHECK(Ingest(kb, {"--prune", temp.File("in")})["removed"] == 1);
  CHECK(RunCli({"--db", kb, "verify"}).status == 0);
}

TEST_CASE("a rebuild keeps what web archives and tables and books say", "[app][inputs]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  const std::string http =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n"
      "<h1>\xCF\xA5\xB8\xC7</h1><p>\xCF\xC8\xD0\xDD\xCF\xA2</p>";
  temp.Write("in/x.warc",
             "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
             "Content-Length: " +
                 std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n");
  temp.Write("in/t.csv", "标题,正文,作者\n小腿,先拉伸。,见本\n");
  CHECK(Ingest(kb, {temp.File("in")})["added"] == 2);
  const std::string before = RunCli({"--db", kb, "export"}).out;
  CHECK_THAT(before, ContainsSubstring("\"uri\":\"https://example.org/a\""));
  CHECK_THAT(before, ContainsSubstring("\"author\":\"见本\""));
  CHECK_THAT(before, ContainsSubstring("先休息"));
  REQUIRE(RunCli({"--db", kb, "rebuild"}).status == 0);
  CHECK(RunCli({"--db", kb, "export"}).out == before);
  CHECK(Ingest(kb, {temp.File("in")})["unchanged"] == 2);
}

TEST_CASE("two captures of one address are told apart by their places", "[app][inputs]") {
  const TempDir temp;
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>text";
  const std::string record =
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
      "WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Length: " +
      std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
  const CliResult result =
      RunCli({"--db", temp.File("kb.db"), "ingest", temp.Write("x.warc", record + record)});
  CHECK(result.status == 1);
  CHECK_THAT(result.err, ContainsSubstring("x.warc:byte " + std::to_string(record.size())));
  CHECK_THAT(result.err, ContainsSubstring("x.warc:byte 0, captured 2024-01-01T00:00:00Z, which"));
}

TEST_CASE("a folder and an archive of it give the same texts", "[app][inputs]") {
  const TempDir temp;
  const std::string articles = RepositoryPath("corpus/articles/ja");
  Ingest(temp.File("folder.db"), {articles});
  std::vector<ArchiveMember> members;
  for (const std::string& file : Files(articles)) {
    if (!file.ends_with(".html") && !file.ends_with(".txt")) continue;
    members.push_back({file.substr(articles.size() + 1), ReadFile(file)});
  }
  for (const std::string format : {"zip", "tar.gz"}) {
    const std::string kb = temp.File(format + ".db");
    Ingest(kb, {temp.Write("x." + format, MakeArchive(format, members))});
    CHECK(Texts(kb) == Texts(temp.File("folder.db")));
  }
}

TEST_CASE("nothing of a hostile archive is written", "[app][inputs]") {
  const TempDir temp;
  const std::string zip = temp.Write(
      "in/x.zip",
      MakePlainZip({{"../up.txt", "u"}, {"/abs.txt", "a"}, {"a/b.txt", "Title\n\ntext"}}, 0x800));
  const std::vector<std::string> before = Files(temp.path());
  const CliResult result = RunCli({"extract", zip}, "", temp.File("in"));
  CHECK(result.status == 1);
  CHECK(Files(temp.path()) == before);
  const CliResult piped = RunCli({"extract", "-"}, ReadFile(zip));
  CHECK(piped.status == 1);
  CHECK_THAT(piped.out, ContainsSubstring("\"uri\":\"-!/a/b.txt\""));
  const CliResult device = RunCli({"extract", "/dev/stdin"}, ReadFile(zip));
  CHECK_THAT(device.out, ContainsSubstring("\"uri\":\"/dev/stdin!/a/b.txt\""));
}

TEST_CASE("columns may be named on the command line", "[app][inputs]") {
  const TempDir temp;
  const std::string csv = temp.Write("t.csv", "a,b\nKnee,rest it for two days\n");
  CHECK(RunCli({"extract", csv}).status == 2);
  const CliResult named = RunCli({"extract", "--columns", "title=a,text=b", csv});
  CHECK(named.status == 0);
  CHECK_THAT(named.out, ContainsSubstring("\"title\":\"Knee\""));
  CHECK(RunCli({"extract", "--columns", "title=c,text=b", csv}).status == 2);
}

}  // namespace sakuin::test

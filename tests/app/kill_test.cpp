// kill -9 at a random moment of an ingest: nothing acknowledged is lost, the file is sound, and
// the next run completes the work without duplicates.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "indexer/base/data_dir.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

constexpr int kDocuments = 150;
constexpr int kRounds = 50;

std::set<std::string> Acknowledged(const std::string& err_file) {
  std::set<std::string> out;
  const std::string all = ReadFile(err_file);
  for (const std::string& line : Split(all.substr(0, all.rfind('\n') + 1), '\n')) {
    if (line.starts_with("kept ")) out.insert(line.substr(5));
  }
  return out;
}

std::set<std::string> Stored(const std::string& kb) {
  const CliResult result = RunCli({"--db", kb, "list", "--json"});
  std::set<std::string> out;
  if (result.status != 0) return out;
  for (const auto& document : nlohmann::json::parse(result.out)) {
    REQUIRE(out.insert(document["uri"].get<std::string>()).second);
  }
  return out;
}

TEST_CASE("an ingest that is killed loses nothing that it acknowledged", "[app][kill][slow]") {
  const TempDir temp;
  for (int i = 0; i < kDocuments; ++i) {
    const auto seed = static_cast<unsigned>(i);
    temp.Write("articles/" + std::to_string(i) + ".txt",
               "Article " + std::to_string(i) + "\n\n" + RandomText(seed) + RandomText(seed + 500));
  }
  const std::string articles = temp.File("articles");
  const std::string whole = temp.File("whole.db");
  REQUIRE(RunCli({"--db", whole, "ingest", articles}).status == 0);
  const std::string expected = RunCli({"--db", whole, "export"}).out;
  std::mt19937 random(20261124);
  int killed = 0;
  for (int round = 0; round < kRounds; ++round) {
    CAPTURE(round);
    const std::string kb = temp.File("kb" + std::to_string(round) + ".db");
    const std::string err = temp.File("err");
    const pid_t child = StartCli({"--db", kb, "-v", "ingest", "--batch-bytes",
                                  std::to_string(1 + random() % 4000), articles},
                                 err);
    usleep(static_cast<useconds_t>(random() % 120000));
    kill(child, SIGKILL);
    int state = 0;
    waitpid(child, &state, 0);
    killed += WIFSIGNALED(state) ? 1 : 0;
    const std::set<std::string> promised = Acknowledged(err);
    const std::set<std::string> stored = Stored(kb);
    for (const std::string& uri : promised) REQUIRE(stored.contains(uri));
    if (!stored.empty()) REQUIRE(RunCli({"--db", kb, "verify"}).status == 0);
    REQUIRE(RunCli({"--db", kb, "ingest", articles}).status == 0);
    REQUIRE(RunCli({"--db", kb, "export"}).out == expected);
  }
  CHECK(killed > kRounds / 2);
}

TEST_CASE("an interrupted ingest keeps its batch and says so", "[app][kill]") {
  const TempDir temp;
  for (int i = 0; i < 400; ++i) {
    std::string text = "Article " + std::to_string(i) + "\n\n";
    for (unsigned j = 0; j < 30; ++j) text += RandomText(j);
    temp.Write("articles/" + std::to_string(i) + ".txt", text);
  }
  const std::string kb = temp.File("kb.db");
  const std::string err = temp.File("err");
  const pid_t child =
      StartCli({"--db", kb, "-v", "ingest", "--batch-bytes", "20000", temp.File("articles")}, err);
  // Once it works, however slow the machine: before that there is nothing to interrupt.
  const auto waits = [&err] { return !std::filesystem::exists(err) || Acknowledged(err).empty(); };
  int state = 0;
  pid_t ended = 0;
  for (int i = 0; i < 3000 && ended == 0 && waits(); ++i) {
    usleep(10000);
    ended = waitpid(child, &state, WNOHANG);
  }
  if (ended == 0) {
    kill(child, SIGINT);
    waitpid(child, &state, 0);
  }
  REQUIRE(WIFEXITED(state));
  const int status = WEXITSTATUS(state);
  CHECK((status == 130 || status == 0));  // 0: it was done before
  if (status == 130) {
    const std::set<std::string> stored = Stored(kb);
    for (const std::string& uri : Acknowledged(err)) CHECK(stored.contains(uri));
  }
  CHECK(RunCli({"--db", kb, "ingest", temp.File("articles")}).status == 0);
  CHECK(Stored(kb).size() == 400);
}

}  // namespace
}  // namespace sakuin::test

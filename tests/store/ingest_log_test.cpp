// What a knowledge base keeps of its ingests, and its documents a page at a time.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "indexer/store/open.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

void Write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

struct Folder {
  TempDir temp;
  std::string kb = temp.File("kb.db");
  std::string articles = temp.File("articles");

  Folder() {
    std::filesystem::create_directory(articles);
    Write(articles + "/a.md", "# Ice for sprains\n\nCool the ankle for 20 minutes.\n");
    Write(articles + "/b.md", "# Zebras\n\nA zebra kicks. Use a brace on the knee.\n");
    Write(articles + "/c.md", "# Heat for cramps\n\nA warm bath eases a leg cramp.\n");
  }
};

TEST_CASE("an ingest leaves what it did in the knowledge base", "[store][ingest-log]") {
  const Folder f;
  Write(f.articles + "/broken.zip", "PK\x03\x04 and no more");
  CHECK(RunCli({"--db", f.kb, "ingest", f.articles}).status == 1);
  const auto reader = store::OpenReader(f.kb);
  REQUIRE(reader);
  const auto runs = (*reader)->ReadRuns();
  REQUIRE(runs);
  REQUIRE(runs->size() == 1);
  const store::IngestRecord& run = runs->front();
  CHECK(run.added == 3);
  CHECK(run.unchanged == 0);
  CHECK(run.rejected_in_all == 1);
  REQUIRE(run.rejected.size() == 1);
  CHECK(run.rejected[0].uri.find("broken.zip") != std::string::npos);
  CHECK_FALSE(run.rejected[0].reason.empty());
  CHECK(run.rejected[0].code != "");
  CHECK(run.at.size() == std::string("2024-01-01T00:00:00Z").size());
  CHECK(std::any_of(run.blocks.begin(), run.blocks.end(), [](const store::BlockTotal& one) {
    return one.kept && one.reason == "paragraph" && one.count == 3;
  }));
}

TEST_CASE("the log of ingests raises no generation, changes no result and forgets what is old",
          "[store][ingest-log]") {
  const Folder f;
  REQUIRE(RunCli({"--db", f.kb, "ingest", f.articles}).status == 0);
  const auto before = (*store::OpenReader(f.kb))->Info();
  REQUIRE(before);
  for (int i = 0; i < 12; ++i) REQUIRE(RunCli({"--db", f.kb, "ingest", f.articles}).status == 0);
  const auto reader = store::OpenReader(f.kb);
  REQUIRE(reader);
  CHECK((*reader)->Info()->generation == before->generation);
  const auto runs = (*reader)->ReadRuns();
  REQUIRE(runs);
  CHECK(runs->size() == static_cast<std::size_t>(store::kIngestRecords));
  CHECK(runs->front().unchanged == 3);
  CHECK(runs->front().added == 0);
  CHECK(RunCli({"--db", f.kb, "verify"}).status == 0);
  REQUIRE(RunCli({"--db", f.kb, "ingest", "--dry-run", f.articles}).status == 0);
  CHECK((*reader)->ReadRuns()->size() == runs->size());
}

TEST_CASE("documents come a page at a time, filtered and in an order", "[store][documents]") {
  const Folder f;
  REQUIRE(RunCli({"--db", f.kb, "ingest", f.articles}).status == 0);
  const auto reader = store::OpenReader(f.kb);
  REQUIRE(reader);
  const auto titles = [&](const store::DocumentQuery& query) {
    std::string out;
    const auto page = (*reader)->FindDocuments(query);
    REQUIRE(page);
    for (const auto& one : page->documents) out += one.title + "|";
    return std::to_string(page->total) + ":" + out;
  };
  store::DocumentQuery query;
  CHECK(titles(query) == "3:Ice for sprains|Zebras|Heat for cramps|");
  query.order = store::DocumentOrder::kTitle;
  CHECK(titles(query) == "3:Heat for cramps|Ice for sprains|Zebras|");
  query.limit = 1;
  query.offset = 1;
  CHECK(titles(query) == "3:Ice for sprains|");
  query = {};
  query.contains = "ZEBRA";
  CHECK(titles(query) == "1:Zebras|");
  query.contains = "%";
  CHECK(titles(query) == "0:");
  query.contains = "b.md";
  CHECK(titles(query) == "1:Zebras|");
  query = {};
  query.language = "ja";
  CHECK(titles(query) == "0:");
  query = {};
  const auto all = (*reader)->FindDocuments(query);
  REQUIRE(all);
  const auto around = (*reader)->NeighboursOf(all->documents[1].id);
  REQUIRE(around);
  CHECK(around->previous.id == all->documents[0].id);
  CHECK(around->next.title == "Heat for cramps");
  CHECK((*reader)->NeighboursOf(all->documents[0].id)->previous.id.empty());
  CHECK((*reader)->ReadSourceFacts(all->documents[0].id)->bytes > 0);
  CHECK((*reader)->ReadSourceFacts("nothing").error().code == ErrorCode::kNotFound);
}

}  // namespace
}  // namespace sakuin::test

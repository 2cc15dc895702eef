// The input of a document as text, told apart by what became of it.

#include "query/service/original_text.h"

#include <fstream>
#include <optional>

#include "indexer/base/data_dir.h"
#include "indexer/store/open.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

struct Read {
  model::Document document;
  std::optional<model::Source> source;
};

Read Ingested(const TempDir& temp, const std::string& name, const std::string& bytes) {
  const std::string path = temp.File(name);
  std::ofstream(path, std::ios::binary) << bytes;
  const std::string kb = temp.File("kb.db");
  REQUIRE(RunCli({"--db", kb, "ingest", path}).status == 0);
  const auto reader = store::OpenReader(kb);
  REQUIRE(reader);
  const auto all = (*reader)->ListDocuments();
  REQUIRE(all);
  return {*(*reader)->ReadDocument(all->front().id), *(*reader)->ReadSource(all->front().id)};
}

// Kept parts in brackets, sections as "{N}".
std::string Shown(const service::OriginalText& text) {
  std::string out;
  for (const service::OriginalPiece& piece : text.pieces) {
    if (piece.section >= 0) out += "{" + std::to_string(piece.section) + "}";
    out += piece.kept ? "[" + piece.text + "]" : piece.text;
  }
  return out;
}

constexpr const char* kPage =
    "<!doctype html><html><head><meta charset=\"utf-8\"><title>Knees and ice</title></head><body>"
    "<nav><a href=\"/\">Home</a></nav><article><h1>Knees and ice</h1>"
    "<p>Cool the knee &amp; rest it for two days after the injury, then move it again.</p>"
    "<h2>What to do</h2><ul><li>Cool the knee for 20 minutes.</li><li>Raise the leg.</li></ul>"
    "<p>See a doctor if the knee stays swollen for more than a week.</p></article></body></html>";

TEST_CASE("what was left out of a page is told from what was kept", "[service][original]") {
  const TempDir temp;
  const Read read = Ingested(temp, "page.html", kPage);
  REQUIRE(read.source);
  const auto text = service::ReadOriginal(read.document, *read.source, 100000,
                                          *FindDataDir({}, RepositoryPath("build/sakuin")));
  REQUIRE(text);
  CHECK(text->mapped);
  CHECK_FALSE(text->cut);
  std::string joined;
  for (const auto& piece : text->pieces) joined += piece.text;
  CHECK(joined == kPage);
  const std::string shown = Shown(*text);
  CHECK(shown.find("<p>[Cool the knee &amp; rest it") != std::string::npos);
  CHECK(shown.find("[Raise the leg.]</li>") != std::string::npos);
  CHECK(shown.find("{1}") < shown.find("What to do"));
  CHECK(shown.find("\">Home</a>") != std::string::npos);
  const auto cut = service::ReadOriginal(read.document, *read.source, 20,
                                         *FindDataDir({}, RepositoryPath("build/sakuin")));
  REQUIRE(cut);
  CHECK(cut->cut);
  CHECK(cut->pieces.front().text.size() <= 20);
}

TEST_CASE("items of lists are known by what stands before them in the input",
          "[service][original]") {
  const TempDir temp;
  const Read page = Ingested(temp, "page.html", kPage);
  REQUIRE(page.document.sections.size() == 2);
  CHECK(service::ListItems(page.document.sections[1], page.source) ==
        std::vector<bool>{true, true, false});
  CHECK(service::ListItems(page.document.sections[0], page.source) == std::vector<bool>{false});
  CHECK(service::ListItems(page.document.sections[1], std::nullopt) ==
        std::vector<bool>{false, false, false});
}

TEST_CASE("bullets and numbers of plain text make items", "[service][original]") {
  const TempDir temp;
  const Read text = Ingested(temp, "list.md",
                             "# Cramps at night\n\nWhat helps when the calf cramps:\n\n"
                             "- Stretch the calf slowly.\n- Stand up and walk.\n\n"
                             "1. Drink a glass of water.\n2. Warm the calf.\n\n"
                             "Rest comes after that.\n");
  REQUIRE_FALSE(text.document.sections.empty());
  const model::Section& section = text.document.sections.front();
  INFO(section.text);
  CHECK(service::ListItems(section, text.source) ==
        std::vector<bool>{false, true, true, true, true, false});
}

}  // namespace
}  // namespace sakuin::test

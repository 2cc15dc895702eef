#include "indexer/ingest/html/styled_headings.h"

#include <string>
#include <vector>

#include "indexer/ingest/html/contents_list.h"
#include "indexer/ingest/html/heading_text.h"
#include "indexer/ingest/ingest.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

constexpr const char* kText =
    "<p>扭到之后先坐下来，把脚抬高，看看哪里肿。能走再慢慢走几步，走不了就去看医生。</p>";

model::Document Read(const std::string& inside) {
  static const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  model::Source source;
  source.uri = "page";
  source.format = "html";
  source.bytes = "<html><head><title>扭伤</title></head><body><article><h1>扭伤</h1>";
  for (const char c : "~" + inside) {
    if (c == '~') {
      source.bytes += kText;
    } else {
      source.bytes += c;
    }
  }
  source.bytes += "</article></body></html>";
  auto document = extractor->Extract(source);
  REQUIRE(document);
  return *document;
}

std::string Headings(const model::Document& document) {
  std::string out;
  for (const model::Section& section : document.sections) {
    if (section.number == 0) continue;
    if (!out.empty()) out += '|';
    out += std::to_string(section.level) + ":" + section.heading;
  }
  return out;
}

Block Line(const std::string& text, BlockKind kind = BlockKind::kParagraph) {
  Block out;
  out.kind = kind;
  out.text = text;
  out.map.Add({0, 100, static_cast<std::uint32_t>(text.size()), 1, 1});
  return out;
}

PlainTextRules Rules() {
  auto rules = PlainTextRules::Load(test::RepositoryPath("corpus"));
  REQUIRE(rules);
  return std::move(*rules);
}

}  // namespace

TEST_CASE("headings are found by how a page sets them") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/styled_headings.tsv", 2, 2)));
  CAPTURE(row.where);
  CHECK(Headings(Read(row.fields[0])) == row.fields[1]);
}

TEST_CASE("the marks of questions and answers go") {
  const auto document = Read("<p>Q1. Run?</p><p>A1. Yes, slowly.</p><p>Q2. Ice?</p><p>A2. No.</p>");
  REQUIRE(document.sections.size() == 3);
  CHECK(document.sections[1].heading == "Run?");
  CHECK(document.sections[1].text == "Yes, slowly.");
  CHECK(document.sections[2].text == "No.");
}

TEST_CASE("a table of contents goes and a list that is none stays") {
  const auto rules = Rules();
  std::vector<std::string> gone;
  const BlockNote note = [&gone](const Block& block, const char*) { gone.push_back(block.text); };
  std::vector<Block> blocks = {Line("目次"),           Line("1. 足首"),
                               Line("2. 膝"),          Line("足首", BlockKind::kHeading),
                               Line("足首を休める。"), Line("膝", BlockKind::kHeading)};
  DropContents(rules, blocks, note);
  CHECK(gone == std::vector<std::string>{"目次", "1. 足首", "2. 膝"});
  CHECK(blocks.size() == 3);
  gone.clear();
  blocks = {Line("用意"), Line("氷", BlockKind::kItem), Line("布", BlockKind::kItem),
            Line("足首を休める。")};
  DropContents(rules, blocks, note);
  CHECK(gone.empty());
  // Without a line that announces it, two entries are too few.
  blocks = {Line("足首"), Line("膝"), Line("足首を休める。"), Line("足首"), Line("膝")};
  DropContents(rules, blocks, note);
  CHECK(blocks.size() == 5);
}

TEST_CASE("what is cut off a block goes from its map as well") {
  Block block = Line("[abc]");
  CutBack(block, 1);
  CutFront(block, 1);
  CHECK(block.text == "abc");
  CHECK(block.map.ToSource({0, 3}) == model::SourceRange{101, 104});
  Block wide = Line("");
  wide.text = "【足】";
  wide.map = {};
  wide.map.Add({0, 10, 3, 3, 2});
  CutBack(wide, 3);
  CutFront(wide, 3);
  CHECK(wide.text == "足");
  CHECK(wide.map.ToSource({0, 3}) == model::SourceRange{12, 14});
}

}  // namespace sakuin::ingest

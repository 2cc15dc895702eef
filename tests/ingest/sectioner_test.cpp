#include "indexer/ingest/block.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

Block Line(const std::string& text, std::uint64_t begin, int level = 0) {
  Block out;
  out.kind = level > 0 ? BlockKind::kHeading : BlockKind::kParagraph;
  out.level = level;
  out.text = text;
  out.source = {begin, begin + text.size()};
  out.map.Add({0, begin, static_cast<std::uint32_t>(text.size()), 1, 1});
  return out;
}

}  // namespace

TEST_CASE("an article without blocks is one empty section") {
  Article article;
  article.title = "T";
  const auto sections = CutSections(article, 10);
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].heading == "T");
  CHECK(sections[0].path == std::vector<std::string>{"T"});
  CHECK(sections[0].text.empty());
  CHECK(sections[0].parent == -1);
  CHECK(sections[0].source.end <= 10);
}

TEST_CASE("headings open sections below the nearest higher one") {
  Article article;
  article.title = "T";
  article.blocks = {Line("lead", 0),  Line("A", 10, 2), Line("a1", 20),   Line("", 25),
                    Line("a2", 30),   Line("B", 40, 4), Line("C", 50, 3), Line("c", 60),
                    Line("D", 70, 2), Line("d", 80)};
  const auto sections = CutSections(article, 100);
  REQUIRE(sections.size() == 5);
  CHECK(sections[0].text == "lead");
  CHECK(sections[1].text == "a1\na2");
  CHECK(sections[1].parent == 0);
  CHECK(sections[2].level == 4);  // a jump is kept
  CHECK(sections[2].parent == 1);
  CHECK(sections[3].parent == 1);
  CHECK(sections[3].path == std::vector<std::string>{"T", "A", "C"});
  CHECK(sections[4].parent == 0);
  // From the heading to the next heading.
  CHECK(sections[1].source == model::SourceRange{10, 40});
  CHECK(sections[2].source == model::SourceRange{40, 50});
  CHECK(sections[1].text_map.ToSource({3, 5}) == model::SourceRange{30, 32});
  CHECK(sections[4].source == model::SourceRange{70, 81});
}

TEST_CASE("answers that break off are truncated") {
  struct Case {
    const char* heading;
    bool said;  // by a speaker
    const char* last;
    bool truncated;
  };
  const Case c = GENERATE(values<Case>({
      {"Shoes", true, "Change them every six months, and never run in", true},
      {"Shoes", true, "Change them every six months, and never run in ...", true},
      {"Shoes", true, "Change them every six months, never run in old ones.", false},
      {"Shoes", true, "Shoes, by size", false},
      {"Shoes", false, "Change them every six months, and never run in", false},
      {"Which shoes?", false, "Change them every six months, and never run in", true},
      {"Which shoes?", false, "Change them every six months ...", false},
      {"Which shoes?", false, "(Change them every six months, and walk)", false},
  }));
  CAPTURE(c.heading, c.said, c.last);
  Article article;
  article.blocks = {Line("Rest", 0, 2),      Line("Two days are enough for most of us.", 10),
                    Line("Ice", 50, 2),      Line("A quarter of an hour, three times a day.", 60),
                    Line(c.heading, 110, 2), Line(c.last, 130)};
  if (c.said) article.blocks.back().speakers = {{"", "Physiotherapist", "Example Hospital"}};
  const auto sections = CutSections(article, 500);
  REQUIRE(sections.size() == 4);
  CHECK_FALSE(sections[1].truncated);
  CHECK(sections[3].truncated == c.truncated);
  CHECK(sections[3].speakers.size() == (c.said ? 1U : 0U));
}

}  // namespace sakuin::ingest

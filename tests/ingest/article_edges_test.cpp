#include "indexer/ingest/html/article_edges.h"

#include <string>
#include <vector>

#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

Block Line(const std::string& text, BlockKind kind = BlockKind::kParagraph) {
  Block out;
  out.kind = kind;
  out.text = text;
  return out;
}

// What is left of the lines, and what the article learned from the others.
struct Trimmed {
  std::vector<std::string> left;
  std::vector<std::string> gone;
  Article article;
};

Trimmed Trim(std::vector<Block> blocks) {
  static const auto rules = PlainTextRules::Load(test::RepositoryPath("corpus"));
  REQUIRE(rules);
  Trimmed out;
  out.article.title = "足首の話";
  const BlockNote note = [&out](const Block& block, const char*) {
    out.gone.push_back(block.text);
  };
  TrimEdges(*rules, out.article, blocks, note);
  for (const Block& block : blocks) out.left.push_back(block.text);
  return out;
}

const std::string kText = "捻った日は休みます。";

}  // namespace

TEST_CASE("the title as a plain line goes with the menu above it") {
  const Trimmed got = Trim({Line("トップ"), Line("足首の話"), Line(kText), Line(kText)});
  CHECK(got.left == std::vector<std::string>{kText, kText});
  CHECK(got.gone == std::vector<std::string>{"トップ", "足首の話"});
  // Not where text stands above it.
  const Trimmed text = Trim({Line(kText), Line("足首の話"), Line(kText), Line(kText)});
  CHECK(text.left.size() == 4);
}

TEST_CASE("lines of date and author fill in what is not known") {
  const Trimmed got =
      Trim({Line("2024年5月6日 著者：例の人"), Line(kText), Line(kText), Line(kText)});
  CHECK(got.left.size() == 3);
  CHECK(got.article.published == "2024-05-06");
  CHECK(got.article.author == "例の人");
  const Trimmed law = Trim({Line("（2007年6月29日の会議で可決）"), Line(kText), Line(kText),
                            Line("平成の終わりの市場の動きについて 2019年4月30日"), Line(kText)});
  CHECK(law.left.size() == 5);
  CHECK(law.article.published.empty());
}

TEST_CASE("the last lines go while they are the page's own") {
  const Trimmed got = Trim({Line(kText), Line(kText), Line("関連記事：膝の話"), Line(kText),
                            Line("例県例市 電話 000-000-0000")});
  CHECK(got.left == std::vector<std::string>{kText, kText, kText});
  // Nothing below the first sentence is left: nothing goes.
  const Trimmed only = Trim({Line("電話 000-000-0000"), Line("膝"), Line("足"), Line(kText)});
  CHECK(only.left.size() == 4);
}

TEST_CASE("links at the end go with their heading") {
  Block link = Line("膝の話", BlockKind::kItem);
  link.look.linked = true;
  const Trimmed got = Trim({Line(kText), Line(kText), Line("目安", BlockKind::kHeading),
                            Line(kText), Line("ほかの話", BlockKind::kHeading), link, link});
  CHECK(got.left == std::vector<std::string>{kText, kText, "目安", kText});
  const Trimmed between = Trim({Line(kText), link, Line(kText), Line(kText)});
  CHECK(between.left.size() == 4);
}

TEST_CASE("a page of few lines keeps them") {
  const Trimmed got = Trim({Line("2024年5月6日"), Line("関連記事：膝の話"), Line(kText)});
  CHECK(got.left.size() == 3);
}

}  // namespace sakuin::ingest

#include "indexer/text/segmenter.h"

#include "indexer/text/analyzer.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/search_fixture.h"

namespace sakuin::text {
namespace {

std::vector<Token> Cut(const std::string& text, const std::vector<model::Span>& lexicon = {}) {
  auto segmenter = Segmenter::Create();
  REQUIRE(segmenter);
  const auto tokens = segmenter->Segment(text, lexicon);
  REQUIRE(tokens);
  return *tokens;
}

std::vector<model::Span> Lexicon(const std::string& text) {
  const pipeline::Rules& rules = test::SharedRules();
  std::vector<model::Span> spans;
  for (const auto& mention : rules.matcher().Match(text, rules.folding().Fold(text))) {
    spans.push_back(mention.span);
  }
  return spans;
}

std::string Print(const std::string& text, const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& t : tokens) (out += out.empty() ? "" : "|") += t.In(text);
  return out;
}

TEST_CASE("words are cut as the case rows say", "[text][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("text/words.tsv")));
  CAPTURE(row.where);
  std::string expected = row.fields[0];
  while (expected.ends_with('|')) expected.pop_back();
  std::string text = expected;
  std::erase(text, '|');
  CHECK(Print(text, Cut(text, Lexicon(text))) == expected);
}

TEST_CASE("a segmenter keeps every byte of any text", "[text][property]") {
  const int seed = GENERATE(range(0, 300));
  CAPTURE(seed);
  const std::string text = test::RandomText(static_cast<unsigned>(seed));
  std::size_t at = 0;
  for (const Token& token : Cut(text, Lexicon(text))) {
    REQUIRE(token.begin == at);
    REQUIRE(token.end > token.begin);
    at = token.end;
  }
  CHECK(at == text.size());
}

TEST_CASE("a word of the lexicon is one token wherever it stands", "[text][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  const std::string before = test::RandomText(static_cast<unsigned>(seed));
  const std::string after = test::RandomText(static_cast<unsigned>(seed) + 1000);
  const std::string word = "\xE8\x85\x98\xE7\xAA\x9D\xE5\x9B\x8A\xE8\x82\xBF";  // popliteal cyst
  const std::string text = before + "\n" + word + "\n" + after;
  const auto begin = static_cast<std::uint32_t>(before.size() + 1);
  const auto end = static_cast<std::uint32_t>(begin + word.size());
  bool whole = false;
  for (const Token& token : Cut(text, {{begin, end}})) {
    whole = whole || (token.begin == begin && token.end == end);
  }
  CHECK(whole);
}

TEST_CASE("a segmenter gives the same cuts when it is used again", "[text]") {
  auto segmenter = Segmenter::Create();
  REQUIRE(segmenter);
  const std::string text = test::RandomText(7);
  const auto first = segmenter->Segment(text);
  REQUIRE(segmenter->Segment(test::RandomText(8)));
  const auto again = segmenter->Segment(text);
  REQUIRE(first);
  REQUIRE(again);
  CHECK(*first == *again);
}

TEST_CASE("words of an analysis are ordered and hold no separator", "[text][property]") {
  auto analyzer = test::SharedRules().MakeAnalyzer();
  REQUIRE(analyzer);
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto analysis = analyzer->Analyze(test::RandomText(seed));
    REQUIRE(analysis);
    std::size_t at = 0;
    for (const Word& word : analysis->words) {
      REQUIRE(word.begin >= at);
      REQUIRE(word.end > word.begin);
      REQUIRE(word.end <= analysis->folded.chars.size());
      at = word.end;
    }
  }
}

TEST_CASE("marks and blanks begin no gram, letters of any script do", "[text]") {
  for (const char32_t c : U"a9\u00E9\u0431\u05D0\u0E01\u3042\u30AB\u30FC\u75DB\uAC00\U0002000B") {
    if (c != 0) CHECK(BeginsGram(c));
  }
  for (const char32_t c : U" .,!\u3001\u3002\u300C\u2026\u00B7\U0001F600\n") {
    if (c != 0) CHECK_FALSE(BeginsGram(c));
  }
}

TEST_CASE("words that a gram stands for are no terms", "[text]") {
  auto analyzer = test::SharedRules().MakeAnalyzer();
  REQUIRE(analyzer);
  // Two Han characters are a gram; a katakana word of three is a term.
  const auto analysis = analyzer->Analyze("knee a \u819D\u76D6 3 \u30AB\u30E1\u30E9");
  REQUIRE(analysis);
  CHECK(WordTerms(*analysis) == "knee\na\n3\n\u30AB\u30E1\u30E9\n");
}

}  // namespace
}  // namespace sakuin::text

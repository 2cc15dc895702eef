#include "indexer/text/sentences.h"

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"

namespace sakuin::text {
namespace {

TEST_CASE("sentences are cut as the case rows say", "[text][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("text/sentences.tsv")));
  CAPTURE(row.where);
  std::string text = row.fields[0];
  std::erase(text, '|');
  std::string printed;
  std::size_t at = 0;
  for (const model::Span& span : Sentences(text)) {
    printed += text.substr(at, span.begin - at);  // newlines belong to no sentence
    if (!printed.empty()) printed += '|';
    printed += span.In(text);
    at = span.end;
  }
  CHECK(printed == row.fields[0]);
}

TEST_CASE("sentences are ordered and joined are the text but for newlines", "[text][property]") {
  const int seed = GENERATE(range(0, 300));
  CAPTURE(seed);
  const std::string text = test::RandomText(static_cast<unsigned>(seed));
  std::size_t at = 0;
  for (const model::Span& span : Sentences(text)) {
    REQUIRE(span.begin >= at);
    REQUIRE(span.end > span.begin);
    for (std::size_t i = at; i < span.begin; ++i) REQUIRE(text[i] == '\n');
    REQUIRE(span.In(text).find('\n') == std::string_view::npos);
    at = span.end;
  }
  for (std::size_t i = at; i < text.size(); ++i) REQUIRE(text[i] == '\n');
}

}  // namespace
}  // namespace sakuin::text

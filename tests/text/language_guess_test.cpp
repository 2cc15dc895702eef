#include "indexer/text/language_guess.h"

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::text {
namespace {

TEST_CASE("a text's language is guessed as the case rows say", "[text][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("text/languages.tsv", 2, 2)));
  CAPTURE(row.where);
  CHECK(test::SharedRules().language().Guess(row.fields[1]) == row.fields[0]);
}

TEST_CASE("a short part keeps the whole text's language", "[text]") {
  const LanguageGuess& guess = test::SharedRules().language();
  CHECK(guess.GuessPart("MRI", "ja") == "ja");
  CHECK(guess.Guess("", "ja") == "ja");
  CHECK(guess.Guess("").empty() == false);
}

}  // namespace
}  // namespace sakuin::text

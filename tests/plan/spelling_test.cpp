// How far words are apart, and the names that are near.

#include <rapidcheck.h>

#include <set>

#include "indexer/text/char_class.h"
#include "query/plan/spelling/readings.h"
#include "query/plan/spelling/spellings.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::test {
namespace {

using plan::Spellings;

const text::Sounds& SharedSounds() {
  static const text::Sounds sounds = *text::Sounds::Load(RepositoryPath("corpus"));
  return sounds;
}

const Spellings& SharedSpellings() {
  static const Spellings spellings(SharedRules().thesaurus(), SharedRules().folding(),
                                   &SharedSounds());
  return spellings;
}

std::u32string Folded(const std::string& text) { return SharedRules().folding().Fold(text).chars; }

TEST_CASE("the distance of two words", "[plan][spelling]") {
  for (const TsvRow& row : LoadCases("plan/edits.tsv", 3, 3)) {
    CAPTURE(row.where);
    const std::size_t expected = row.fields[2] == "far" ? 5 : std::stoul(row.fields[2]);
    const std::u32string a = Folded(row.fields[0]);
    const std::u32string b = Folded(row.fields[1]);
    CHECK(plan::Distance(a, b, 4, &SharedSounds()) == expected);
    CHECK(plan::Distance(b, a, 4, &SharedSounds()) == expected);
    if (expected == 5) continue;
    const plan::Place place = plan::FindNear(U"xx" + b + U"yy", a, 4, &SharedSounds());
    CHECK(place.distance <= expected);
  }
  CHECK(plan::Distance(U"", U"", 4, nullptr) == 0);
  CHECK(plan::Distance(U"", U"ab", 4, nullptr) == 4);
  CHECK(plan::Distance(U"cyst", U"cist", 1, nullptr) == 2);  // more than asked for
  const plan::Place place = plan::FindNear(U"my baker cist hurts", U"baker cyst", 4, nullptr);
  CHECK(place.begin == 3);
  CHECK(place.end == 13);
  CHECK(place.distance == 2);
}

TEST_CASE("short words may have no mistake, long ones two", "[plan][spelling]") {
  CHECK(plan::MostMistakes(U"hip") == 0);
  CHECK(plan::MostMistakes(U"knee") == plan::kMistake);
  CHECK(plan::MostMistakes(U"tendinopathy") == 2 * plan::kMistake);
  CHECK(plan::MostMistakes(Folded("\xE8\x85\xB0")) == 0);              // one Han character
  CHECK(plan::MostMistakes(Folded("\xE5\x9B\x8A\xE8\x82\xBF")) == 1);  // two: one that is alike
}

// Law: what the list finds is what comparing with every name finds.
TEST_CASE("near names are those that a scan finds", "[plan][spelling]") {
  const auto& names = SharedSpellings().names();
  REQUIRE(names.size() > 1000);
  CHECK(rc::check([&] {
    const auto& picked = names[*rc::gen::inRange<std::size_t>(0, names.size())];
    std::u32string typed(SharedSpellings().Folded(picked));
    const auto& other = names[*rc::gen::inRange<std::size_t>(0, names.size())];
    const std::u32string_view letters = SharedSpellings().Folded(other);
    const auto at = *rc::gen::inRange<std::size_t>(0, typed.size());
    const char32_t c = letters[*rc::gen::inRange<std::size_t>(0, letters.size())];
    switch (*rc::gen::inRange(0, 3)) {
      case 0: typed[at] = c; break;
      case 1: typed.insert(typed.begin() + static_cast<std::ptrdiff_t>(at), c); break;
      default: typed.erase(at, 1);
    }
    std::set<const Spellings::Name*> found;
    SharedSpellings().ForNear(typed, [&](const auto& near) { found.insert(near.name); });
    std::set<const Spellings::Name*> parts;
    SharedSpellings().ForNearPart(typed, [&](const auto& near) { parts.insert(near.name); });
    const std::size_t most = plan::MostMistakes(typed);
    // Every seventh name, and those that were found: a scan of all takes long.
    for (std::size_t i = at % 7; i < names.size(); i += 7) {
      const std::u32string_view name = SharedSpellings().Folded(names[i]);
      RC_ASSERT((plan::Distance(typed, name, most, &SharedSounds()) <= most) ==
                (found.count(&names[i]) > 0));
    }
    for (const Spellings::Name* name : parts) {
      const std::u32string_view chars = SharedSpellings().Folded(*name);
      const std::size_t allowed = plan::MostMistakes(chars);
      RC_ASSERT(plan::FindNear(typed, chars, allowed, &SharedSounds()).distance <= allowed);
    }
    const auto last = text::ClassOf(letters.back());
    const bool unspaced = text::ClassOf(letters.front()) == text::CharClass::kUnspaced &&
                          last == text::CharClass::kUnspaced;
    const std::size_t allowed = plan::MostMistakes(letters);
    const auto place = plan::FindNear(typed, letters, allowed, &SharedSounds());
    if (unspaced && place.distance <= allowed && place.end > place.begin) {
      RC_ASSERT(parts.count(&other) > 0);
    }
  }));
}

TEST_CASE("names typed in pinyin and romaji stand beside what was typed", "[plan][spelling]") {
  for (const TsvRow& row : LoadCases("plan/readings.tsv", 2, 2)) {
    CAPTURE(row.where);
    const std::string read =
        plan::ReadAsNames(row.fields[0], SharedSpellings(), SharedRules().folding());
    if (row.fields[1] == "-") {
      CHECK(read == row.fields[0]);
    } else {
      CHECK_THAT(read, Catch::Contains(row.fields[1]));
      CHECK(read != row.fields[0]);
    }
  }
}

}  // namespace
}  // namespace sakuin::test

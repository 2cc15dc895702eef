// How characters sound, and what is typed for them.

#include "indexer/text/sounds.h"

#include <unicode/translit.h>

#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::test {
namespace {

const text::Sounds& SharedSounds() {
  static const text::Sounds sounds = *text::Sounds::Load(RepositoryPath("corpus"));
  return sounds;
}

std::u32string Folded(const std::string& text) { return SharedRules().folding().Fold(text).chars; }

TEST_CASE("spelled forms of Han and kana, and what people type for them", "[text][sounds]") {
  for (const TsvRow& row : LoadCases("text/sounds.tsv", 3, 16)) {
    CAPTURE(row.where);
    const std::u32string name = Folded(row.fields[1]);
    const bool pinyin = row.fields[0] == "pinyin";
    const std::string spelled = pinyin ? SharedSounds().Pinyin(name) : SharedSounds().Romaji(name);
    for (std::size_t i = 2; i < row.fields.size(); ++i) {
      const std::u32string typed = Folded(row.fields[i]);
      CAPTURE(row.fields[i]);
      CHECK((pinyin ? text::Sounds::TypedPinyin(typed) : text::Sounds::TypedRomaji(typed)) ==
            spelled);
    }
  }
}

TEST_CASE("characters that are taken for each other", "[text][sounds]") {
  for (const TsvRow& row : LoadCases("text/alike.tsv", 3, 3)) {
    CAPTURE(row.where);
    const char32_t a = Folded(row.fields[0]).at(0);
    const char32_t b = Folded(row.fields[1]).at(0);
    CHECK(SharedSounds().Alike(a, b) == (row.fields[2] == "yes"));
    CHECK(SharedSounds().Alike(b, a) == (row.fields[2] == "yes"));
    const bool listed = SharedSounds().AllAlike(a).find(b) != std::u32string::npos;
    CHECK(listed == (row.fields[2] == "yes"));
  }
}

TEST_CASE("the table of sounds says what ICU's transliterator says", "[text][sounds]") {
  IcuCheck icu;
  const std::unique_ptr<icu::Transliterator> latin(icu::Transliterator::createInstance(
      "Han-Latin; NFD; [:Mn:] Remove; NFC", UTRANS_FORWARD, icu));
  REQUIRE(!icu.Failed());
  if (IcuVersion().rfind("72", 0) != 0) return;  // the table is of this one
  std::string wrong;
  const auto rows = ReadTsv(RepositoryPath("corpus/readings/han.tsv"), 2, 2);
  REQUIRE(rows);
  for (const TsvRow& row : *rows) {
    for (const char32_t c : utf8::Decode(row.fields[1])) {
      icu::UnicodeString text(static_cast<UChar32>(c));
      latin->transliterate(text);
      std::string spelled;
      text.toUTF8String(spelled);
      if (spelled != row.fields[0]) wrong += row.fields[0] + " " + spelled + "\n";
    }
  }
  CHECK(wrong.empty());
}

}  // namespace
}  // namespace sakuin::test

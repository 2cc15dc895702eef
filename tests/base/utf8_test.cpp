#include "indexer/base/utf8.h"

#include "tests/support/catch.h"
#include "tests/support/random_text.h"

namespace sakuin::utf8 {
namespace {

TEST_CASE("malformed sequences are found where they begin", "[base]") {
  CHECK_FALSE(FindInvalid("plain"));
  CHECK(FindInvalid("a\xC0\xAF").value() == 1);         // overlong
  CHECK(FindInvalid("ab\xED\xA0\x80").value() == 2);    // surrogate
  CHECK(FindInvalid("\xF4\x90\x80\x80").value() == 0);  // above U+10FFFF
  CHECK(FindInvalid("\xE3\x81").value() == 0);          // cut off
}

TEST_CASE("decoding and encoding give the text again", "[base][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  const std::string text = test::RandomText(static_cast<unsigned>(seed));
  CHECK(Encode(Decode(text)) == text);
  std::u32string backwards;
  for (std::size_t at = text.size(); at > 0;) {
    backwards.insert(backwards.begin(), Previous(text, at));
  }
  CHECK(backwards == Decode(text));
}

TEST_CASE("any bytes decode and end", "[base][property]") {
  const int seed = GENERATE(range(0, 100));
  CAPTURE(seed);
  const std::string bytes = test::RandomBytes(static_cast<unsigned>(seed), 200);
  CHECK_FALSE(FindInvalid(Encode(Decode(bytes))));
  std::size_t at = bytes.size();
  while (at > 0) (void)Previous(bytes, at);
}

TEST_CASE("trimming takes every kind of blank", "[base]") {
  CHECK(Trim("\xE3\x80\x80 a b\xC2\xA0\n") == "a b");
  CHECK(Trim(" \t").empty());
}

}  // namespace
}  // namespace sakuin::utf8

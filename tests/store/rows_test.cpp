#include "indexer/store/sqlite/rows.h"

#include "tests/support/catch.h"
#include "tests/support/random_text.h"

namespace sakuin::store {

TEST_CASE("a stored source comes back and no changed byte of it goes unnoticed", "[store]") {
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::string text;
    for (unsigned i = 0; i < 40; ++i) text += test::RandomText(seed * 100 + i);
    const std::string stored = Compress(text);
    REQUIRE(Decompress(stored) == text);
    for (std::size_t i = 0; i < stored.size(); ++i) {
      std::string damaged = stored;
      damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
      const auto out = Decompress(damaged);
      CAPTURE(seed, i);
      CHECK((!out || *out == text));  // a bit of the header that means nothing may change
    }
  }
}

TEST_CASE("a compressor that is used again gives the same bytes", "[store]") {
  Compressor again;
  for (unsigned seed = 0; seed < 50; ++seed) {
    const std::string text = test::RandomText(seed);
    CAPTURE(seed);
    CHECK(again.Compress(text) == Compress(text));
  }
}

}  // namespace sakuin::store

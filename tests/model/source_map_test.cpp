#include <random>

#include "indexer/model/source.h"
#include "tests/support/catch.h"

namespace sakuin::model {
namespace {

SourceMap Sample() {
  SourceMap map;
  map.Add({0, 10, 5, 1, 1});   // "abcde" at 10
  map.Add({5, 15, 2, 3, 2});   // two Han characters of a two-byte encoding
  map.Add({11, 19, 1, 1, 5});  // "&amp;"
  map.Add({13, 40, 4, 1, 1});  // after a newline that has no source
  return map;
}

TEST_CASE("a source map leads to the smallest range that holds a span", "[model]") {
  const SourceMap map = Sample();
  CHECK(map.ToSource({0, 5}) == SourceRange{10, 15});
  CHECK(map.ToSource({1, 3}) == SourceRange{11, 13});
  CHECK(map.ToSource({5, 8}) == SourceRange{15, 17});
  CHECK(map.ToSource({6, 7}) == SourceRange{15, 17});
  CHECK(map.ToSource({8, 12}) == SourceRange{17, 24});
  CHECK(map.ToSource({12, 13}) == SourceRange{24, 24});
  CHECK(map.ToSource({3, 15}) == SourceRange{13, 42});
  CHECK(SourceMap().ToSource({0, 4}) == SourceRange{0, 0});
}

TEST_CASE("runs that simply go on are joined", "[model]") {
  SourceMap map;
  map.Add({0, 10, 5, 1, 1});
  map.Add({5, 15, 3, 1, 1});
  map.Add({8, 18, 0, 1, 1});
  CHECK(map.runs() == std::vector<SourceRun>{{0, 10, 8, 1, 1}});
}

TEST_CASE("an encoded source map decodes to itself", "[model][property]") {
  const int seed = GENERATE(range(0, 100));
  CAPTURE(seed);
  std::mt19937 random(static_cast<unsigned>(seed));
  SourceMap map;
  std::uint32_t text = 0;
  for (int i = 0; i < 40; ++i) {
    const auto below = [&random](unsigned limit) {
      return static_cast<std::uint32_t>(random() % limit);
    };
    const SourceRun run{text + below(5), below(100000), 1 + below(50), 1 + below(4), below(4)};
    text = run.text_begin + run.count * run.text_step;
    map.Add(run);
  }
  CHECK(SourceMap::Decode(map.Encode()) == map);
}

TEST_CASE("damaged bytes decode to some map and never crash", "[model]") {
  std::string bytes = Sample().Encode();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x5A);
    (void)SourceMap::Decode(damaged).ToSource({0, 100});
    (void)SourceMap::Decode(bytes.substr(0, i));
  }
  SUCCEED();
}

}  // namespace
}  // namespace sakuin::model

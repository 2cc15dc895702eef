#include "indexer/text/han_cutter.h"

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/byte_reader.h"
#include "indexer/ingest/containers/gunzip.h"
#include "indexer/text/char_class.h"
#include "indexer/text/segmenter.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/search_fixture.h"

namespace sakuin::text {
namespace {

// The fast way and ICU's own iterator, side by side.
class Pair {
 public:
  Pair() {
    auto fast = Segmenter::Create();
    auto slow = Segmenter::Create(Segmenter::Engine::kIterator);
    REQUIRE(fast);
    REQUIRE(slow);
    engines_.push_back(std::move(*fast));
    engines_.push_back(std::move(*slow));
  }

  bool Agree(const std::string& text) {
    const auto fast = engines_[0].Segment(text);
    const auto slow = engines_[1].Segment(text);
    return fast && slow && *fast == *slow;
  }

 private:
  std::vector<Segmenter> engines_;
};

std::string Of(const std::u32string& text) { return utf8::Encode(text); }

// Every character of ICU's that rules, dictionaries or scripts treat in a way of its own, and any.
char32_t AnyCharacter(std::mt19937& random) {
  static constexpr char32_t kSpecial[] = {
      U'a',   U'Z',   U'_',   U'1',    U'.',    U',',    U'\'',   U':',   U' ',   U'\n',  U'"',
      0x00AD, 0x0301, 0x05D0, 0x060C,  0x0E01,  0x0E32,  0x1100,  0x200B, 0x200D, 0x2026, 0x202F,
      0x2060, 0x2103, 0x2764, 0x3000,  0x3001,  0x3002,  0x3005,  0x3007, 0x300C, 0x3020, 0x302A,
      0x3030, 0x3031, 0x303D, 0x3042,  0x3099,  0x309A,  0x309D,  0x30A2, 0x30FB, 0x30FC, 0x30FD,
      0x3231, 0x4E00, 0x81DD, 0xAC00,  0xD55C,  0xF900,  0xFE0F,  0xFF11, 0xFF21, 0xFF3F, 0xFF70,
      0xFF76, 0xFF9E, 0xFFFD, 0x1F1E6, 0x1F3FB, 0x1F600, 0x20000, 0x2F80, 0xE0101};
  switch (random() % 5) {
    case 0: return static_cast<char32_t>(0x4E00 + random() % 0x5200);
    case 1: return static_cast<char32_t>(0x3041 + random() % 0xBE);
    case 2: return static_cast<char32_t>(1 + random() % 0x1FFFF);  // surrogates become U+FFFD
    default: return kSpecial[random() % std::size(kSpecial)];
  }
}

// Files below `root`, as they stand: whatever is no UTF-8 is cut as U+FFFD by both.
void CompareFiles(Pair& pair, const std::string& root, std::size_t& files) {
  if (root.empty()) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.file_size() > (std::size_t{4} << 20U)) continue;
    CAPTURE(entry.path().string());
    CHECK(pair.Agree(test::ReadFile(entry.path().string())));
    ++files;
  }
}

TEST_CASE("this ICU's cuts are proved, or the iterator makes them", "[text]") {
  CHECK(HanCutter::OpenIfProved().has_value() == (IcuVersion() == "72.1"));
}

TEST_CASE("cuts are the iterator's beside every character", "[text]") {
  Pair pair;
  std::size_t wrong = 0;
  for (char32_t c = 1; c < 0x20000; ++c) {
    const bool many = (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xF900);
    if (many && c % 101 != 0) continue;
    for (const char32_t before : {U'\x81DD', U'\x30A2', U'\x3005', U' '}) {
      wrong += pair.Agree(Of({before, c, 0x30A2})) ? 0 : 1;
      wrong += pair.Agree(Of({0x81DD, c, before, before})) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("cuts are the iterator's in mixed scripts", "[text][property]") {
  Pair pair;
  std::mt19937 random(20261129);
  for (int round = 0; round < 5000; ++round) {
    std::u32string text;
    for (std::size_t left = random() % 30; left > 0; --left) text += AnyCharacter(random);
    CAPTURE(Of(text));
    REQUIRE(pair.Agree(Of(text)));
  }
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    REQUIRE(pair.Agree(test::RandomText(seed)));
    REQUIRE(pair.Agree(test::RandomBytes(seed, 200)));
  }
}

TEST_CASE("cuts are the iterator's in articles and cases", "[text][data]") {
  Pair pair;
  std::size_t files = 0;
  CompareFiles(pair, test::RepositoryPath("corpus/articles"), files);
  CompareFiles(pair, test::RepositoryPath("tests/cases"), files);
  CHECK(files > 50);
  CompareFiles(pair, test::SharedPath("practice"), files);
  CompareFiles(pair, test::SharedPath("seeds"), files);
}

TEST_CASE("cuts are the iterator's in rows of the benchmark", "[text][data]") {
  const std::string path = test::SharedPath("data/bench/mid.tsv.gz");
  if (path.empty()) return;
  const std::string bytes = test::ReadFile(path);
  ingest::ByteReader packed(bytes);
  ingest::ByteReader rows(ingest::Gunzip(packed));
  Pair pair;
  std::size_t number = 0;
  for (auto row = rows.TakeLine(1U << 20U); row && !row->empty(); row = rows.TakeLine(1U << 20U)) {
    if (++number % 20 != 0) continue;
    CAPTURE(number);
    REQUIRE(pair.Agree(*row));
  }
  CHECK(number > 60000);
}

// The analyzer has no use for cuts where no such script stands.
TEST_CASE("what bounds a run folds to no character of a script without blanks", "[text]") {
  const Folding& folding = test::SharedRules().folding();
  for (char32_t c = 1; c < 0x20000; ++c) {
    if (!HanCutter::Bounds(c)) continue;
    CAPTURE(static_cast<std::uint32_t>(c));
    const std::u32string folded = folding.Fold(Of({c})).chars;
    REQUIRE((c == U'\n' || !folded.empty()));
    for (const char32_t one : folded) REQUIRE(ClassOf(one) != CharClass::kUnspaced);
  }
}

TEST_CASE("short cuts for unspaced scripts join to the text", "[text][property]") {
  auto segmenter = Segmenter::Create();
  REQUIRE(segmenter);
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const std::string text = test::RandomText(seed);
    const auto tokens = segmenter->Segment(text, {}, Segmenter::Detail::kUnspaced);
    REQUIRE(tokens);
    std::size_t at = 0;
    for (const Token& token : *tokens) {
      REQUIRE(token.begin == at);
      at = token.end;
    }
    REQUIRE(at == text.size());
  }
}

}  // namespace
}  // namespace sakuin::text

#include "indexer/ingest/encoding/charset.h"

#include <unicode/ucnv.h>

#include <vector>

#include "indexer/base/utf8.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"

namespace sakuin::ingest {
namespace {

// The text in another encoding, by the same library that reads it.
std::string Encoded(const std::string& text, const std::string& name) {
  const std::string icu_name = name == "Big5" ? "Big5-HKSCS" : name == "GBK" ? "gb18030" : name;
  std::vector<char> out(text.size() * 8 + 16);
  UErrorCode code = U_ZERO_ERROR;
  const int32_t n =
      ucnv_convert(icu_name.c_str(), "UTF-8", out.data(), static_cast<int32_t>(out.size()),
                   text.data(), static_cast<int32_t>(text.size()), &code);
  REQUIRE(U_SUCCESS(code));
  return {out.data(), static_cast<std::size_t>(n)};
}

// Every character's own bytes must decode to it again, standing alone.
void CheckMap(const Decoded& decoded, const std::string& bytes) {
  std::uint64_t before = 0;
  for (std::size_t at = 0; at < decoded.text.size();) {
    const std::size_t begin = at;
    utf8::Next(decoded.text, at);
    const model::SourceRange range =
        decoded.map.ToSource({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    REQUIRE(range.begin >= before);
    REQUIRE(range.end <= bytes.size());
    before = range.end;
    if (decoded.encoding == "ISO-2022-JP") continue;  // needs the escapes before it
    const auto alone = Decode(bytes.substr(range.begin, range.end - range.begin), decoded.encoding,
                              false, test::SharedDetector());
    REQUIRE(alone);
    REQUIRE(alone->text == decoded.text.substr(begin, at - begin));
  }
}

}  // namespace

TEST_CASE("decodes what is declared and every character leads to its bytes") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/charset.tsv", 5, 5)));
  CAPTURE(row.where);
  const std::string head = row.fields[0] == "-" ? "" : "<meta charset=" + row.fields[0] + ">";
  const std::string bytes = head + Encoded(row.fields[2], row.fields[1]);
  const auto decoded = Decode(bytes, "", true, test::SharedDetector());
  REQUIRE(decoded);
  CHECK(decoded->text == head + row.fields[2]);
  CHECK(decoded->encoding == row.fields[3]);
  CHECK(decoded->reason == row.fields[4]);
  CHECK(decoded->replaced == 0);
  CheckMap(*decoded, bytes);
}

TEST_CASE("a byte order mark wins and is no text") {
  const auto utf8 =
      Decode("\xEF\xBB\xBF<meta charset=gbk>x", "Shift_JIS", true, test::SharedDetector());
  REQUIRE(utf8);
  CHECK(utf8->text == "<meta charset=gbk>x");
  CHECK(utf8->reason == "bom");
  CHECK(utf8->map.ToSource({0, 1}) == model::SourceRange{3, 4});
  const auto utf16 =
      Decode(std::string("\xFF\xFE\x41\x00\x1D\x81", 6), "", false, test::SharedDetector());
  REQUIRE(utf16);
  CHECK(utf16->encoding == "UTF-16LE");
  CHECK(utf8::Decode(utf16->text) == U"A\u811D");
  CHECK(utf16->map.ToSource({1, 4}) == model::SourceRange{4, 6});
}

TEST_CASE("an asked name wins over a declared one and must be known") {
  const auto asked = Decode("<meta charset=utf-8>\x82\xA0", "sjis", true, test::SharedDetector());
  REQUIRE(asked);
  CHECK(asked->encoding == "Shift_JIS");
  CHECK(asked->reason == "asked");
  const auto unknown = Decode("x", "klingon", false, test::SharedDetector());
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::kUsage);
}

TEST_CASE("declarations count in pages only") {
  const auto text = Decode("<meta charset=gbk>", "", false, test::SharedDetector());
  REQUIRE(text);
  CHECK(text->reason == "utf-8");
}

TEST_CASE("UTF-8 that was cut off or damaged stays UTF-8") {
  std::string text;
  for (int i = 0; i < 12; ++i) text += utf8::Encode(U"\u5C0F\u817F\u809A");
  for (const std::size_t cut : {std::size_t{1}, std::size_t{2}}) {
    const auto decoded =
        Decode(text.substr(0, text.size() - cut), "", false, test::SharedDetector());
    REQUIRE(decoded);
    CHECK(decoded->encoding == "UTF-8");
    CHECK(decoded->replaced > 0);
    CHECK_FALSE(utf8::FindInvalid(decoded->text));
  }
  std::string damaged = text;
  damaged.insert(30, "\xFF");
  const auto decoded = Decode(damaged, "", false, test::SharedDetector());
  REQUIRE(decoded);
  CHECK(decoded->encoding == "UTF-8");
  CHECK(decoded->replaced == 1);
}

TEST_CASE("any bytes give well formed UTF-8 and a map inside them") {
  std::uint32_t seed = 20240607;
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    for (int i = 0; i < 40; ++i) {
      seed = seed * 1664525U + 1013904223U;
      bytes += static_cast<char>(seed >> 24U);
    }
    for (const char* name :
         {"", "UTF-8", "gb18030", "Big5", "Shift_JIS", "EUC-JP", "ISO-2022-JP"}) {
      const auto decoded = Decode(bytes, name, true, test::SharedDetector());
      REQUIRE(decoded);
      REQUIRE_FALSE(utf8::FindInvalid(decoded->text));
      for (const model::SourceRun& run : decoded->map.runs()) {
        REQUIRE(run.source_begin + std::uint64_t{run.count} * run.source_step <= bytes.size());
        REQUIRE(run.text_begin + std::uint64_t{run.count} * run.text_step <= decoded->text.size());
      }
    }
  }
}

}  // namespace sakuin::ingest

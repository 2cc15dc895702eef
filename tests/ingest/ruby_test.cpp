#include <string>

#include "indexer/ingest/ingest.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

model::Document Read(const std::string& inside) {
  static const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  model::Source source;
  source.uri = "page";
  source.format = "html";
  source.bytes = "<html><head><title>T</title></head><body><article><p>" + inside + "</p><p>" +
                 std::string(200, 'z') + "</p></article></body></html>";
  auto document = extractor->Extract(source);
  REQUIRE(document);
  return *document;
}

std::string Readings(const std::string& text, const std::vector<model::Reading>& readings) {
  std::string out;
  for (const model::Reading& reading : readings) {
    if (!out.empty()) out += '|';
    out += std::string(reading.base.In(text)) + "=" + reading.text;
  }
  return out;
}

}  // namespace

TEST_CASE("ruby keeps its base as text and its reading beside") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/ruby.tsv", 3, 3)));
  CAPTURE(row.where);
  const auto document = Read(row.fields[0]);
  const model::Section& section = document.sections[0];
  CHECK(section.text.substr(0, section.text.find('\n')) == row.fields[1]);
  CHECK(Readings(section.text, section.text_readings) == row.fields[2]);
}

TEST_CASE("ruby behind a broken line and in later lines and headings") {
  const auto document = Read(
      "左の\n<ruby>膝<rt>ひざ</rt></ruby>と</p><p>右の<ruby>踵<rt>かかと</rt></ruby></p>"
      "<h2>1. <ruby>脛<rt>すね</rt></ruby>の話</h2><p>" +
      std::string(80, 'y'));
  REQUIRE(document.sections.size() == 2);
  const model::Section& first = document.sections[0];
  CHECK(first.text == "左の膝と\n右の踵");
  CHECK(Readings(first.text, first.text_readings) == "膝=ひざ|踵=かかと");
  const model::Section& second = document.sections[1];
  CHECK(second.heading == "脛の話");
  CHECK(Readings(second.heading, second.heading_readings) == "脛=すね");
}

}  // namespace sakuin::ingest

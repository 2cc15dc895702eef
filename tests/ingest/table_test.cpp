// CSV and TSV.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/table_columns.h"
#include "indexer/ingest/ingest.h"
#include "tests/support/archives.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"

namespace sakuin::ingest {
namespace {

using Catch::Matchers::ContainsSubstring;
using nlohmann::json;
using test::ReadInput;
using test::ReadLog;

// The records that came out, each as "uri|title|text".
std::string Rows(const ReadLog& log) {
  std::string out;
  for (const model::Source& source : log.sources) {
    const json record = json::parse(source.bytes);
    out += source.uri + "|" + record.value("title", "") + "|" +
           record.value("text", record.value("html", "")) + "\n";
  }
  return out;
}

std::string Rows(const std::string& csv, const ReadOptions& options = {},
                 const std::string& name = "t.csv") {
  return Rows(ReadInput(name, csv, options));
}

std::string Quoted(const std::string& cell) {
  std::string out = "\"";
  for (const char c : cell) {
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

// Every other byte is a zero.
std::string Wide(const std::string& text) {
  std::string out = "\xFF\xFE";
  for (const char32_t c : utf8::Decode(text)) {
    out += static_cast<char>(c & 0xFFU);
    out += static_cast<char>(c >> 8U);
  }
  return out;
}

}  // namespace

TEST_CASE("rows of a table are records", "[ingest][table]") {
  CHECK(Rows("title,text\nKnee,\"rest, then\nice\"\r\nAnkle,\"he said \"\"ice\"\"\"\n") ==
        "t.csv#R2|Knee|rest, then\nice\nt.csv#R3|Ankle|he said \"ice\"\n");
  CHECK(Rows("text\tTitle\na \"b\" c\tK\n\"never closed\tL\nd\tM\n", {}, "t.tsv") ==
        "t.tsv#R2|K|a \"b\" c\nt.tsv#R3|L|\"never closed\nt.tsv#R4|M|d\n");
  CHECK(Rows("ID;Body;URL\n7;a;\n8;b;https://example.org/8\n") ==
        "t.csv#7||a\nhttps://example.org/8||b\n");
  CHECK(Rows("sep=|\na,b|title|text\n1|2|3\n") == "t.csv#R2|2|3\n");
  CHECK(Rows("title,text\n\n  ,\n,,\na,b") == "t.csv#R2|a|b\n");
  CHECK(Rows("a|b\nc|d\n", {"csv", {}, {}, "text=b,title=A"}) == "t.csv#R2|c|d\n");
}

TEST_CASE("questions and answers make title and text", "[ingest][table]") {
  CHECK(Rows("department,title,ask,answer\n骨科,膝盖,膝盖疼怎么办,先休息\n") ==
        "t.csv#R2|膝盖|膝盖疼怎么办\n\n先休息\n");
  CHECK(Rows("質問,回答\n膝が痛い,休む\n") == "t.csv#R2|膝が痛い|休む\n");
  CHECK(Rows("问题,回答\n疼,<p>休息</p>\n") == "t.csv#R2|疼|<p>休息</p>\n");
  CHECK(Rows("标题,问题,回答\n膝,a<b,<p>休息</p>\n") ==
        "t.csv#R2|膝|<p>a&lt;b</p>\n\n<p>休息</p>\n");
}

TEST_CASE("what a row says beside its text goes into the record", "[ingest][table]") {
  const ReadLog log = ReadInput(
      "t.csv", "标题,正文,作者,发布时间,来源,语言\n膝,休息,见本,2024年5月6日 10:00,见本网,zh\n");
  REQUIRE(log.sources.size() == 1);
  CHECK(log.sources[0].format == "jsonl");
  CHECK(log.sources[0].origin == "t.csv");
  const json record = json::parse(log.sources[0].bytes);
  CHECK(record["author"] == "见本");
  CHECK_THAT(record["published"].get<std::string>(), ContainsSubstring("2024-05-06"));
  CHECK(record["site"] == "见本网");
  CHECK(record["language"] == "zh");
  CHECK(record["encoding"] == "UTF-8");
  CHECK(record["encoding_reason"] == "utf-8");
  const ReadLog era = ReadInput("t.csv", "title,text,date\n膝,休む,令和6年5月6日\n");
  CHECK(json::parse(era.sources.at(0).bytes)["published"] == "2024-05-06");
}

TEST_CASE("tables are read in their encodings", "[ingest][table]") {
  const std::string expected = "t.csv#R2|膝盖|先休息\n";
  // "标题,正文\n膝盖,先休息\n" in GB18030, with lines of ASCII before what tells it.
  const std::string gbk =
      "\xB1\xEA\xCC\xE2,\xD5\xFD\xCE\xC4\n\xCF\xA5\xB8\xC7,\xCF\xC8\xD0\xDD\xCF\xA2\n";
  CHECK(Rows(gbk, {"csv", "GB18030", {}, {}}) == expected);
  std::string many = gbk;
  for (int i = 0; i < 30'000; ++i) many += "ascii title,ascii text without a sign\n";
  for (int i = 0; i < 200; ++i) many += gbk.substr(10);
  const ReadLog log = ReadInput("t.csv", many);
  CHECK(log.sources.size() == 30'201);
  CHECK(json::parse(log.sources[0].bytes)["encoding"] == "GBK");
  CHECK(json::parse(log.sources[0].bytes)["encoding_reason"] == "detected");
  CHECK(json::parse(log.sources.back().bytes)["text"] == "先休息");
  CHECK(Rows("\xEF\xBB\xBF标题,正文\n膝盖,先休息\n") == expected);
  CHECK(Rows(Wide("标题,正文\n膝盖,先休息\n")) == expected);
  CHECK(Rows(Wide("标题\t正文\n膝盖\t先休息\n")) == expected);
  // A character of UTF-16 that holds the byte of a line feed.
  CHECK(Rows(Wide("标题,正文\n上,上਀\n")) == "t.csv#R2|上|上਀\n");
}

TEST_CASE("a bad row stops no other", "[ingest][table]") {
  const ReadLog log = ReadInput("t.csv",
                                "title,text\na,b\nc\nd,e,f\n\"never closed,x\ng,h\n"
                                "i,\"also never\nj,k\n");
  CHECK(Rows(log) ==
        "t.csv#R2|a|b\nt.csv#R5|\"never closed|x\nt.csv#R6|g|h\nt.csv#R7|i|\"also never\n"
        "t.csv#R8|j|k\n");
  CHECK_THAT(log.Errors(), ContainsSubstring("t.csv:row 3: has no text"));
  CHECK_THAT(log.Errors(), ContainsSubstring("t.csv:row 4: has 3 cells, but there are 2 columns"));
  CHECK(log.errors.size() == 2);
}

TEST_CASE("malformed bytes of a table are a warning", "[ingest][table]") {
  const ReadLog log = ReadInput("t.csv", "标题,正文\n膝盖,先休息\xFF吧\n");
  CHECK(log.sources.size() == 1);
  REQUIRE(log.notes.size() == 1);
  CHECK_THAT(log.notes[0], ContainsSubstring("t.csv: 1 malformed byte sequences became U+FFFD"));
}

TEST_CASE("a table without a column for text says what it has", "[ingest][table]") {
  const ReadLog log = ReadInput("t.csv", "colour,size\nred,7\n");
  CHECK(log.sources.empty());
  CHECK(log.Errors() ==
        "t.csv: its first row names no column that holds the text; it has 'colour', 'size'; say "
        "--columns text=NAME\n");
  const auto asked = [](const std::string& columns) {
    return ReadInput("t.csv", "colour,size\nred,7\n", {"auto", {}, {}, columns}).Errors();
  };
  CHECK_THAT(asked("text=shape"), ContainsSubstring("has no column 'shape'; it has 'colour'"));
  CHECK_THAT(asked("words=size"), ContainsSubstring("is no ROLE=NAME; roles are id, uri, title"));
  CHECK_THAT(asked("text"), ContainsSubstring("is no ROLE=NAME"));
  CHECK_THAT(ReadInput("t.csv", "title,text\n").Errors(), ContainsSubstring("holds no row"));
}

TEST_CASE("what is written in quotes comes back cell by cell", "[ingest][table][property]") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const char delimiter = seed % 3 == 0 ? '\t' : ',';
    std::string csv = std::string("title") + delimiter + "text\n";
    std::string expected;
    for (unsigned row = 0; row < 8; ++row) {
      std::string text = test::RandomText(seed * 100 + row);
      if (row % 2 == 1) text += "\",\"\n\t;" + text;
      text = utf8::Trim(text);
      if (text.empty()) text = "x";
      csv +=
          Quoted("t" + std::to_string(row)) + delimiter + Quoted(text) + (row == 3 ? "\r\n" : "\n");
      expected +=
          "t.csv#R" + std::to_string(row + 2) + "|t" + std::to_string(row) + "|" + text + "\n";
    }
    CHECK(Rows(csv, {"csv", "UTF-8", {}, {}}) == expected);
  }
}

TEST_CASE("offsets of a row count its text", "[ingest][table]") {
  const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  const ReadLog log = ReadInput("t.csv", "title,text\n膝,先に休む。あとで冷やす。\n");
  const auto document = extractor->Extract(log.sources.at(0));
  REQUIRE(document);
  CHECK(document->uri == "t.csv#R2");
  CHECK(document->title == "膝");
  const model::Section& section = document->sections.at(0);
  CHECK(section.text == "先に休む。あとで冷やす。");
  const auto range = section.text_map.ToSource({15, 36});
  CHECK(range.begin == 15);
  CHECK(range.end == 36);
}

TEST_CASE("words for columns are checked when they are read", "[ingest][table]") {
  CHECK(TableWords::Load(test::RepositoryPath("corpus")));
  const auto error = [](const std::string& rows) {
    const test::TempDir folder;
    folder.Write("language/xx/columns.tsv", rows);
    const auto words = TableWords::Load(folder.path());
    return words ? std::string("none") : words.error().Text();
  };
  CHECK(error("text\tBody Text\n") == "none");
  CHECK_THAT(error("text\tbody\nwords\tx\n"),
             ContainsSubstring("columns.tsv:2: 'words' is no role"));
  CHECK_THAT(error("text\tBody\ntitle\tbo_dy\n"), ContainsSubstring("columns.tsv:2: the name"));
  CHECK_THAT(error("text\n"), ContainsSubstring("columns.tsv:1"));
}

}  // namespace sakuin::ingest

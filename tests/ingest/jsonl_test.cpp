#include "indexer/ingest/records/jsonl.h"

#include <nlohmann/json.hpp>

#include "indexer/ingest/ingest.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::ingest {
namespace {

using nlohmann::json;

const Extractor& Corpus() {
  static const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  return *extractor;
}

model::Document ReadOne(const std::string& line) {
  const Records records = SplitJsonl("file.jsonl", line);
  CAPTURE(line);
  REQUIRE(records.sources.size() == 1);
  auto document = Corpus().Extract(records.sources[0]);
  REQUIRE(document);
  return *document;
}

std::string ErrorOf(const std::string& line) {
  const Records records = SplitJsonl("file.jsonl", line);
  return records.errors.empty() ? std::string("none") : records.errors[0].Text();
}

// A record as `extract` prints it, of our own making.
json Extracted() {
  return {{"id", "knee-1"},
          {"uri", "pages/knee.html"},
          {"title", "膝の話"},
          {"language", "ja"},
          {"encoding", "Shift_JIS"},
          {"profile", "generic"},
          {"site", "見本新聞"},
          {"author", "編集室"},
          {"published", "2024-05-01T10:00:00+09:00"},
          {"sections",
           {{{"id", "knee-1#0"},
             {"level", 1},
             {"heading", "膝の話"},
             {"path", {"膝の話"}},
             {"text", "まず休みます。\n冷やします。"},
             {"begin", 40},
             {"end", 90}},
            {{"id", "knee-1#1"},
             {"level", 2},
             {"heading", "休む"},
             {"path", {"膝の話", "休む"}},
             {"text", ""},
             {"begin", 90},
             {"end", 120}},
            {{"id", "knee-1#2"},
             {"level", 4},
             {"heading", "sleep"},
             {"path", {"膝の話", "休む", "sleep"}},
             {"language", "en"},
             {"text", "Sleep  long."},
             {"begin", 120},
             {"end", 300}}}}};
}

json Printed(const model::Document& d) {
  json out = {{"id", d.id},
              {"uri", d.uri},
              {"title", d.title},
              {"language", d.language},
              {"encoding", d.encoding},
              {"profile", d.profile},
              {"site", d.site},
              {"author", d.author},
              {"published", d.published},
              {"sections", json::array()}};
  for (const model::Section& s : d.sections) {
    json section = {{"id", s.Id(d.id)},   {"level", s.level}, {"heading", s.heading},
                    {"path", s.path},     {"text", s.text},   {"begin", s.source.begin},
                    {"end", s.source.end}};
    if (!s.language.empty()) section["language"] = s.language;
    out["sections"].push_back(section);
  }
  return out;
}

}  // namespace

TEST_CASE("what extract wrote comes back unchanged", "[ingest]") {
  const json record = Extracted();
  const model::Document document = ReadOne(record.dump());
  CHECK(Printed(document).dump(1) == record.dump(1));
  CHECK(document.notes.empty());
  CHECK(document.sections[2].parent == 1);
  // Tags are found anew, whatever stands there.
  json tagged = record;
  tagged["sections"][0]["conditions"] = {{{"id", "x"}, {"score", 1}, {"primary", true}}};
  tagged["sections"][0]["aspects"] = {"cause"};
  CHECK(Printed(ReadOne(tagged.dump())) == record);
  CHECK(ReadOne(tagged.dump()).sections[0].tags.empty());
}

TEST_CASE("sections without ids get a section 0 where they have none", "[ingest]") {
  const auto count = [](const json& sections) {
    return ReadOne(json{{"id", "d"}, {"title", "T"}, {"sections", sections}}.dump());
  };
  const json head = {{"heading", "A"}, {"text", "a"}};
  CHECK(count(json::array({head})).sections.size() == 2);
  CHECK(count(json::array({head})).sections[0].heading == "T");
  CHECK(count(json::array({head})).sections[0].text.empty());
  CHECK(count(json::array({head})).sections[1].path == std::vector<std::string>{"T", "A"});
  CHECK(count({{{"text", "a"}}, head}).sections.size() == 2);
  CHECK(count({{{"text", "a"}}, head}).sections[0].text == "a");
  CHECK(count({{{"heading", "T"}, {"text", "a"}}, head}).sections.size() == 2);
  CHECK(count(json::array()).sections.size() == 1);
  // Levels make the path where none is given.
  const auto nested =
      count({{{"heading", "A"}, {"text", "a"}}, {{"heading", "B"}, {"level", 3}, {"text", "b"}}});
  CHECK(nested.sections[2].path == std::vector<std::string>{"T", "A", "B"});
  CHECK(nested.sections[2].parent == 1);
}

TEST_CASE("ids of another kind are replaced and a note says so", "[ingest]") {
  const auto document = ReadOne(
      R"({"id":"d","title":"T","sections":[{"id":"intro","text":"a"},{"id":"d#1","heading":"A","text":"b"}]})");
  CHECK(document.sections.size() == 2);
  REQUIRE(document.notes.size() == 1);
  CHECK(document.notes[0] == "section 'intro' is kept as d#0");
}

TEST_CASE("texts lose control characters and blank ends only", "[ingest]") {
  const auto document = ReadOne(
      R"({"title":" T\tx\n ","sections":[{"text":"a\u0007b \n\n  c\td\u2028e\r\nf\u0000"}]})");
  CHECK(document.title == "T x");
  CHECK(document.sections[0].text == "ab\nc d\ne\nf");
}

TEST_CASE("texts and pages are read as files are", "[ingest]") {
  const auto text =
      ReadOne(R"({"url":"https://example.org/a","text":"Knee\n\n■ Rest\nTwo days."})");
  CHECK(text.uri == "https://example.org/a");
  CHECK(text.title == "Knee");
  REQUIRE(text.sections.size() == 2);
  CHECK(text.sections[1].heading == "Rest");
  const auto page = ReadOne(
      R"({"id":"p","title":"Other","published":"2024-05-01","html":"<h1>Knee</h1><p>Two days.</p>"})");
  CHECK(page.title == "Other");
  CHECK(page.id == "p");
  CHECK(page.published == "2024-05-01");
  CHECK(page.sections[0].heading == "Other");
  CHECK(page.sections[0].text == "Two days.");
}

TEST_CASE("names of records", "[ingest]") {
  const auto sources = SplitJsonl("f.jsonl",
                                  "\xEF\xBB\xBF{\"text\":\"a\"}\r\n\n"
                                  "{\"id\":\"x\",\"text\":\"b\"}\n"
                                  "{\"id\":\"y\",\"url\":\"https://example.org/\",\"text\":\"c\"}\n"
                                  "{\"id\":null,\"uri\":\"u\",\"text\":\"d\"}")
                           .sources;
  REQUIRE(sources.size() == 4);
  CHECK(sources[0].uri == "f.jsonl#L1");
  CHECK(sources[0].id.empty());
  CHECK(sources[1].uri == "x");
  CHECK(sources[1].id == "x");
  CHECK(sources[2].uri == "https://example.org/");
  CHECK(sources[3].uri == "u");
}

TEST_CASE("a bad line is named and stops no other", "[ingest]") {
  const Records records =
      SplitJsonl("f.jsonl", "{\"text\":\"a\"}\nnot json\n[1]\n{\"id\":\"b\"}\n{\"text\":\"c\"}\n");
  CHECK(records.sources.size() == 2);
  REQUIRE(records.errors.size() == 3);
  CHECK_THAT(records.errors[0].Text(), Catch::Matchers::ContainsSubstring("f.jsonl:2: is no JSON"));
  CHECK_THAT(records.errors[1].Text(),
             Catch::Matchers::ContainsSubstring("f.jsonl:3: is no JSON object"));
  CHECK_THAT(records.errors[2].Text(),
             Catch::Matchers::ContainsSubstring("f.jsonl:4: has none of"));
}

TEST_CASE("messages name the line and the field", "[ingest][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/jsonl_errors.tsv", 2, 2)));
  CAPTURE(row.where);
  CHECK_THAT(ErrorOf(row.fields[0]),
             Catch::Matchers::ContainsSubstring("file.jsonl:1: " + row.fields[1]));
}

TEST_CASE("bytes that are no UTF-8 and depth without end are refused", "[ingest]") {
  CHECK_THAT(ErrorOf("{\"text\":\"a\xFF\"}"),
             Catch::Matchers::ContainsSubstring("is no UTF-8 at byte 10"));
  CHECK_THAT(ErrorOf("{\"text\":\"a\",\"x\":" + std::string(200'000, '[')),
             Catch::Matchers::ContainsSubstring("is nested deeper than"));
  std::string wide = "{\"x\":[";
  for (int i = 0; i < 100'000; ++i) wide += "{},";
  CHECK(ErrorOf(wide + "0],\"text\":\"a\"}") == "none");
}

}  // namespace sakuin::ingest

// Law 3: a phrase finds exactly the sections in which a plain scan finds it.

#include <random>

#include "indexer/base/utf8.h"
#include "indexer/store/open.h"
#include "indexer/text/readings.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/naive_index.h"
#include "tests/support/random_text.h"
#include "tests/support/search_fixture.h"

namespace sakuin {
namespace {

std::vector<std::string> Articles() {
  std::vector<std::string> paths{test::RepositoryPath("corpus/articles")};
  for (const char* more : {"seeds", "practice/articles"}) {
    const std::string path = test::SharedPath(more);
    if (!path.empty()) paths.push_back(path);
  }
  return paths;
}

test::NaiveIndex Scan(const std::string& kb) {
  auto reader = store::OpenReader(kb);
  REQUIRE(reader);
  const auto documents = (*reader)->ListDocuments();
  REQUIRE(documents);
  test::NaiveIndex out(test::SharedRules().folding());
  for (const store::DocumentSummary& summary : *documents) {
    const auto document = (*reader)->ReadDocument(summary.id);
    REQUIRE(document);
    out.Add(*document);
  }
  return out;
}

std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// A piece of 1 to 12 characters of some line; blanks at its ends would say nothing.
std::string Sample(const test::NaiveIndex& index, std::mt19937& random) {
  for (;;) {
    const std::u32string line = utf8::Decode(index.lines()[random() % index.lines().size()]);
    const std::size_t begin = random() % line.size();
    const std::string out = utf8::Encode(line.substr(begin, 1 + random() % 12));
    if (out == utf8::Trim(out) && !out.empty()) return out;
  }
}

TEST_CASE("a phrase finds exactly the sections that a scan finds", "[results][property][oracle]") {
  test::SearchFixture fixture(Articles());
  const test::NaiveIndex scan = Scan(fixture.kb());
  REQUIRE(scan.size() > 100);
  std::mt19937 random(20261124);
  for (int i = 0; i < 1500; ++i) {
    std::string phrase = Sample(scan, random);
    if (i % 2 == 1) phrase = test::Variant(phrase, static_cast<unsigned>(i));
    CAPTURE(i, phrase);
    REQUIRE(fixture.FindAll(Quoted(phrase)) == scan.Find(phrase));
  }
}

TEST_CASE("a text that stands nowhere finds nothing", "[results][property][oracle]") {
  test::SearchFixture fixture(Articles());
  const test::NaiveIndex scan = Scan(fixture.kb());
  std::mt19937 random(7);
  int absent = 0;
  for (int i = 0; i < 2000 && absent < 200; ++i) {
    const std::string phrase = Sample(scan, random) + Sample(scan, random);
    if (!scan.Find(phrase).empty()) continue;
    ++absent;
    CAPTURE(phrase);
    REQUIRE(fixture.FindAll(Quoted(phrase)).empty());
  }
  CHECK(absent == 200);
}

TEST_CASE("an unquoted run of an unspaced script finds what its phrase finds",
          "[results][property][oracle]") {
  test::SearchFixture fixture(Articles());
  const test::NaiveIndex scan = Scan(fixture.kb());
  std::mt19937 random(11);
  int asked = 0;
  for (int i = 0; i < 4000 && asked < 300; ++i) {
    const std::string text = Sample(scan, random);
    bool wide = true;
    for (const char32_t c : utf8::Decode(text)) wide = wide && c >= 0x3041 && c <= 0x9FFF;
    if (!wide) continue;
    ++asked;
    CAPTURE(text);
    const auto found = fixture.FindAll(text);
    for (const std::string& id : scan.Find(text)) REQUIRE(found.contains(id));
  }
  CHECK(asked == 300);
}

TEST_CASE("highlights mark the phrase and lie inside the snippet", "[results][property]") {
  test::SearchFixture fixture(Articles());
  const test::NaiveIndex scan = Scan(fixture.kb());
  const text::Folding& folding = test::SharedRules().folding();
  std::mt19937 random(3);
  for (int i = 0; i < 300; ++i) {
    const std::string phrase = Sample(scan, random);
    CAPTURE(phrase);
    results::SearchRequest request;
    request.query = Quoted(phrase);
    request.limit = 20;
    for (const results::Hit& hit : fixture.Search(request).hits) {
      const std::string& text = hit.record.section.text;
      REQUIRE(text.substr(hit.snippet.begin, hit.snippet.text.size()) == hit.snippet.text);
      REQUIRE_FALSE(utf8::FindInvalid(hit.snippet.text));
      REQUIRE((!hit.snippet.highlights.empty() || !hit.heading_highlights.empty()));
      std::uint32_t at = 0;
      for (const model::Span& span : hit.snippet.highlights) {
        REQUIRE(span.begin >= at);
        REQUIRE(span.end <= hit.snippet.text.size());
        const std::string key = folding.Key(span.In(hit.snippet.text));
        const auto& readings = hit.record.section.text_readings;
        const bool read =
            folding.Key(text::Speak(readings).text).find(folding.Key(phrase)) != std::string::npos;
        REQUIRE((read || key.find(folding.Key(phrase)) != std::string::npos));
        at = span.end;
      }
    }
  }
}

}  // namespace
}  // namespace sakuin

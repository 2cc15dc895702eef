// Law 3: a phrase finds exactly the sections in which a plain scan finds it.

#include <algorithm>
#include <iterator>
#include <random>
#include <set>

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

using Ids = std::set<std::string>;

Ids Both(const Ids& a, const Ids& b) {
  Ids out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

Ids But(const Ids& a, const Ids& b) {
  Ids out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

// A query and what it must find, made of phrases of the texts.
struct Asked {
  std::string query;
  Ids wanted;
};

// Short, so that several meet in a section.
std::string ShortSample(const test::NaiveIndex& scan, std::mt19937& random) {
  std::u32string chars = utf8::Decode(Sample(scan, random));
  chars.resize(std::min<std::size_t>(chars.size(), 1 + random() % 3));
  const std::string out(utf8::Trim(utf8::Encode(chars)));
  return out.empty() ? "a" : out;
}

Asked Make(const test::NaiveIndex& scan, std::mt19937& random, int depth) {
  if (depth == 0 || random() % 4 == 0) {
    const std::string phrase = ShortSample(scan, random);
    switch (random() % 6) {
      case 0: return {"heading:" + Quoted(phrase), scan.FindInHeadings(phrase)};
      case 1: return {"title:" + Quoted(phrase), scan.FindInTitles(phrase)};
      case 2: {
        const std::string other = ShortSample(scan, random);
        // One place is not two: phrases of which one holds the other are another question.
        if (phrase.find(other) != phrase.npos || other.find(phrase) != other.npos) break;
        const std::size_t distance = random() % 12;
        return {
            "(" + Quoted(phrase) + " NEAR/" + std::to_string(distance) + " " + Quoted(other) + ")",
            scan.FindNear(phrase, other, distance)};
      }
      default: break;
    }
    return {Quoted(phrase), scan.Find(phrase)};
  }
  const Asked a = Make(scan, random, depth - 1);
  const Asked b = Make(scan, random, depth - 1);
  switch (random() % 3) {
    case 0: return {"(" + a.query + " " + b.query + ")", Both(a.wanted, b.wanted)};
    case 1: {
      Ids either = a.wanted;
      either.insert(b.wanted.begin(), b.wanted.end());
      return {"(" + a.query + " OR " + b.query + ")", std::move(either)};
    }
    default: return {"(" + a.query + " -" + b.query + ")", But(a.wanted, b.wanted)};
  }
}

TEST_CASE("2,000 queries of phrases, fields, NEAR and what joins them find what a scan finds",
          "[results][property][oracle]") {
  test::SearchFixture fixture(Articles());
  const test::NaiveIndex scan = Scan(fixture.kb());
  std::mt19937 random(20261129);
  std::size_t found_something = 0;
  for (int i = 0; i < 2000; ++i) {
    const Asked asked = Make(scan, random, 1 + i % 3);
    CAPTURE(i, asked.query);
    REQUIRE(fixture.FindAll(asked.query) == asked.wanted);
    found_something += asked.wanted.empty() ? 0 : 1;
  }
  CHECK(found_something > 1000);
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

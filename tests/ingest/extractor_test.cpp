#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/ingest/ingest.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"
#include "tests/support/temp_dir.h"

namespace sakuin::ingest {
namespace {

const Extractor& Corpus() {
  static const auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  return *extractor;
}

model::Source SourceOf(const std::string& uri, const std::string& bytes) {
  model::Source out;
  out.uri = uri;
  out.bytes = bytes;
  out.format = uri.ends_with(".md") ? "markdown" : "auto";
  return out;
}

model::Document Read(const std::string& bytes) {
  auto document = Corpus().Extract(SourceOf("page", bytes));
  REQUIRE(document);
  return *document;
}

std::vector<std::string> Pages() {
  std::vector<std::string> out;
  for (const std::string& file : files::WalkFolder(test::RepositoryPath("tests/pages")).files) {
    if (file.find("/source.") != std::string::npos) out.push_back(file);
  }
  return out;
}

// The articles that are there: our own, and the shared ones where they are.
std::vector<std::string> Articles() {
  std::vector<std::string> out = Pages();
  for (const std::string& folder :
       {test::RepositoryPath("corpus/articles"), test::SharedPath("seeds"),
        test::SharedPath("practice/articles")}) {
    if (folder.empty()) continue;
    for (const std::string& file : files::WalkFolder(folder).files) {
      if (file.ends_with(".html") || file.ends_with(".txt")) out.push_back(file);
    }
  }
  return out;
}

nlohmann::json ToJson(const model::Document& document) {
  nlohmann::json out = {{"title", document.title},
                        {"encoding", document.encoding},
                        {"profile", document.profile},
                        {"site", document.site},
                        {"author", document.author},
                        {"published", document.published},
                        {"sections", nlohmann::json::array()}};
  for (const model::Section& s : document.sections) {
    out["sections"].push_back({{"level", s.level}, {"path", s.path}, {"text", s.text}});
  }
  return out;
}

void CheckCleanText(const std::string& text) {
  if (text.empty()) return;
  REQUIRE_FALSE(utf8::FindInvalid(text));
  for (const std::string& line : Split(text, '\n')) {
    REQUIRE_FALSE(line.empty());
    REQUIRE(utf8::Trim(line) == line);
    for (const char32_t c : utf8::Decode(line)) REQUIRE((c >= 0x20 && (c < 0x7F || c >= 0xA0)));
  }
}

// Every run leads into the source; what was copied as it is reads the same there.
void CheckMap(const std::string& text, const model::SourceMap& map, const model::Document& document,
              const std::string& bytes) {
  for (const model::SourceRun& run : map.runs()) {
    const std::uint64_t text_end = run.text_begin + std::uint64_t{run.count} * run.text_step;
    const std::uint64_t end = run.source_begin + std::uint64_t{run.count} * run.source_step;
    REQUIRE(text_end <= text.size());
    REQUIRE(end <= bytes.size());
    const std::string made = text.substr(run.text_begin, text_end - run.text_begin);
    const std::string written = bytes.substr(run.source_begin, end - run.source_begin);
    if (written.find('&') != std::string::npos || document.replaced > 0) continue;
    auto decoded = Decode(written, document.encoding, false, test::SharedDetector());
    REQUIRE(decoded);
    if (utf8::Trim(decoded->text).empty()) continue;  // any blank may stand for a blank
    std::replace_if(
        decoded->text.begin(), decoded->text.end(),
        [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    REQUIRE(decoded->text == made);
  }
}

}  // namespace

TEST_CASE("pages give what is expected of them") {
  const std::string file = GENERATE(from_range(Pages()));
  CAPTURE(file);
  const std::string folder = std::filesystem::path(file).parent_path().string();
  const auto expected = nlohmann::json::parse(test::ReadFile(folder + "/expected.json"));
  const auto document = Corpus().Extract(SourceOf(file, test::ReadFile(file)));
  REQUIRE(document);
  const auto got = ToJson(*document);
  CHECK(got.dump(1) == expected.dump(1));
}

TEST_CASE("sections are in order and every text leads to its source") {
  const std::string file = GENERATE(from_range(Articles()));
  CAPTURE(file);
  const std::string bytes = test::ReadFile(file);
  const auto document = Corpus().Extract(SourceOf(file, bytes));
  REQUIRE(document);
  REQUIRE_FALSE(document->sections.empty());
  std::uint64_t before = 0;
  for (const model::Section& section : document->sections) {
    CHECK(section.source.begin >= before);
    CHECK(section.source.end >= section.source.begin);
    CHECK(section.source.end <= bytes.size());
    before = section.source.end;
    CHECK(section.path.front() == document->title);
    CHECK(section.path.back() == section.heading);
    CHECK(section.parent < static_cast<int>(section.number));
    CheckCleanText(section.text);
    CheckMap(section.text, section.text_map, *document, bytes);
    CheckMap(section.heading, section.heading_map, *document, bytes);
  }
}

TEST_CASE("reading is a pure function of the bytes") {
  for (const std::string& file : Pages()) {
    const std::string bytes = test::ReadFile(file);
    CHECK(ToJson(Read(bytes)) == ToJson(Read(bytes)));
  }
}

TEST_CASE("inline markup joins and blocks break") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/html_text.tsv", 2, 2)));
  CAPTURE(row.where);
  const auto document = Read("<html><body><article><p>" + row.fields[0] + "</p><p>" +
                             std::string(200, 'z') + "</p></article></body></html>");
  const std::string text = document.sections[0].text;
  CHECK(text == row.fields[1] + "\n" + std::string(200, 'z'));
}

TEST_CASE("structured data may nest as deep as it likes") {
  const std::string deep(200'000, '[');
  const auto document =
      Read("<html><head><script type=\"application/ld+json\">{\"headline\":\"x\"," +
           std::string("\"author\":") + deep + std::string(200'000, ']') +
           "}</script></head><body><h1>T</h1><p>text</p></body></html>");
  CHECK(document.title == "T");
  CHECK(document.author.empty());
}

TEST_CASE("structured data gives author and date and site") {
  const auto document = Read(
      "<html><head><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebSite\"},"
      "{\"headline\":\"T\",\"datePublished\":\"2023-04-05T06:07:08+09:00\",\"author\":[{\"name\":"
      "\"A. Writer\"}],\"publisher\":{\"name\":\"Example\"}}]}</script></head>"
      "<body><h1>T</h1><p>text</p></body></html>");
  CHECK(document.author == "A. Writer");
  CHECK(document.site == "Example");
  CHECK(document.published == "2023-04-05T06:07:08+09:00");
}

TEST_CASE("a trace says of every block whether it was kept and why") {
  model::Source source = SourceOf("page.html", "<html><body><nav>menu</nav><main><h1>T</h1><p>" +
                                                   std::string(80, 'a') +
                                                   "</p><p hidden>later</p><button>like</button>"
                                                   "<ruby>a<rt>b</rt></ruby>"
                                                   "<div class=share>share this</div></main>"
                                                   "<div>beside</div></body></html>");
  CHECK(Corpus().Extract(source)->trace.empty());
  source.trace = true;
  const auto document = Corpus().Extract(source);
  REQUIRE(document);
  std::string printed;
  std::uint64_t before = 0;
  for (const model::TraceStep& step : document->trace) {
    CHECK(step.source.begin >= before);
    before = step.source.begin;
    printed += (step.kept ? "+" : "-") + step.reason + ": " + step.text.substr(0, 10) + "\n";
  }
  CHECK(printed ==
        "-stripped: <nav>: menu\n-the title: T\n+paragraph: aaaaaaaaaa\n-hidden: <p>: later\n"
        "-no text: <button>: like\n+paragraph: a\n"
        "-stripped: <div class=\"share\">: share this\n-outside of the body, <main>: beside\n");
}

TEST_CASE("binary bytes are refused and nothing at all is a note") {
  const auto binary = Corpus().Extract(SourceOf("a.png", std::string("\x89PNG\0\0\0\0\1\2", 10)));
  REQUIRE_FALSE(binary);
  CHECK(binary.error().code == ErrorCode::kBadInput);
  const auto nothing = Read("");
  CHECK(nothing.sections.size() == 1);
  CHECK(nothing.sections[0].text.empty());
  CHECK(nothing.notes.size() == 1);
}

TEST_CASE("the digest changes with the profiles") {
  const test::TempDir folder;
  std::filesystem::copy(test::RepositoryPath("corpus/profiles"), folder.File("profiles"));
  std::filesystem::copy(test::RepositoryPath("corpus/encoding"), folder.File("encoding"));
  std::filesystem::copy(test::RepositoryPath("corpus/language"), folder.File("language"),
                        std::filesystem::copy_options::recursive);
  const auto same = Extractor::Create(folder.path());
  REQUIRE(same);
  CHECK(same->digest() == Corpus().digest());
  folder.Write("profiles/site.xml", "<profile id=\"site\"><match host=\"example.org\"/></profile>");
  const auto other = Extractor::Create(folder.path());
  REQUIRE(other);
  CHECK(other->digest() != Corpus().digest());
}

TEST_CASE("ids are stable for one address however it is written") {
  CHECK(DocumentId("a/./b.html") == DocumentId("a/b.html"));
  CHECK(DocumentId("a/b.html") != DocumentId("a/c.html"));
  CHECK(DocumentId("a").size() == 16);
}

}  // namespace sakuin::ingest

#include "indexer/ingest/plain/plain_text.h"

#include <algorithm>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/ingest.h"
#include "indexer/ingest/plain/plain_text_lines.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"

namespace sakuin::ingest {
namespace {

const PlainTextRules& CorpusRules() {
  static const auto rules = PlainTextRules::Load(test::RepositoryPath("corpus"));
  REQUIRE(rules);
  return *rules;
}

Decoded Plain(const std::string& text) {
  auto decoded = Decode(text, "UTF-8", false, test::SharedDetector());
  REQUIRE(decoded);
  return *decoded;
}

Article ReadDump(const std::string& text) { return ReadPlainText(CorpusRules(), Plain(text)); }

std::string Print(const Article& article) {
  std::string out;
  const auto add = [&out](const std::string& line) { out += out.empty() ? line : "\n" + line; };
  if (!article.title.empty()) add("= " + article.title);
  for (const Block& block : article.blocks) {
    const bool heading = block.kind == BlockKind::kHeading;
    const std::string mark = heading                          ? std::string(block.level, '#') + " "
                             : block.kind == BlockKind::kItem ? "- "
                                                              : "";
    add(mark + block.text);
  }
  if (!article.published.empty()) add("published " + article.published);
  if (!article.author.empty()) add("author " + article.author);
  if (!article.site.empty()) add("site " + article.site);
  return out;
}

std::string Marker(std::string_view line, std::size_t& length) {
  if ((length = HeadingMarkLength(line)) > 0) return "mark";
  if ((length = BulletLength(line)) > 0) return "bullet";
  if ((length = ChapterLength(line)) > 0) return "chapter";
  if ((length = NumberLength(line)) > 0) return "number";
  return "none";
}

// Dumps to read: random lines, and lines of the pages put together anew.
std::string RandomDump(unsigned seed) {
  if (seed % 2 == 0) return test::RandomText(seed, test::Noise::kMarkup);
  std::vector<std::string> lines;
  for (const TsvRow& row : test::LoadCases("ingest/plain_dumps.tsv")) {
    for (const std::string& line : Split(row.fields[0], '\n')) lines.push_back(line);
  }
  std::string out;
  std::size_t at = seed;
  for (unsigned i = 0; i < 20 + seed % 40; ++i) {
    at = at * 6364136223846793005U + 1442695040888963407U;
    out += lines[(at >> 33U) % lines.size()] + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("markers of lines are told apart", "[ingest][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/plain_marks.tsv", 3, 3)));
  CAPTURE(row.where);
  std::size_t length = 0;
  CHECK(Marker(row.fields[0], length) == row.fields[1]);
  CHECK(row.fields[0].substr(length) == row.fields[2]);
}

TEST_CASE("lines are one of a kind or not", "[ingest][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/plain_rules.tsv", 3, 3)));
  CAPTURE(row.where);
  CHECK(CorpusRules().Is(row.fields[1], row.fields[0]) == (row.fields[2] == "yes"));
}

TEST_CASE("prefixes of questions and answers and chapters", "[ingest][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/plain_prefix.tsv", 3, 3)));
  CAPTURE(row.where);
  CHECK(row.fields[0].substr(CorpusRules().Prefix(row.fields[1], row.fields[0])) == row.fields[2]);
}

TEST_CASE("names stand behind their labels", "[ingest]") {
  const PlainTextRules& rules = CorpusRules();
  CHECK(rules.Behind("author", "2024-05-01 Author: Ann Example | Source: x") == "Ann Example");
  CHECK(rules.Behind("site", "2024-05-01 Author: Ann | Source: Example Weekly") ==
        "Example Weekly");
  CHECK(rules.Behind("author", "nobody wrote this").empty());
  CHECK(rules.Behind("author", "").empty());
}

TEST_CASE("dumps are read as the case rows say", "[ingest][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("ingest/plain_dumps.tsv", 2, 2)));
  CAPTURE(row.where);
  CHECK(Print(ReadDump(row.fields[0])) == row.fields[1]);
}

TEST_CASE("lines end in any way", "[ingest]") {
  const std::string end = GENERATE(as<std::string>{}, "\n", "\r\n", "\r");
  CHECK(Print(ReadDump("Knee" + end + end + "Rest it." + end + "Ice it.")) ==
        "= Knee\nRest it.\nIce it.");
}

TEST_CASE("a title known from elsewhere is not taken from the text", "[ingest]") {
  const Article other = ReadPlainText(CorpusRules(), Plain("Rest first\n\nThen walk.\n"), "Knee");
  CHECK(other.title == "Knee");
  CHECK(other.title_map.runs().empty());
  CHECK(Print(other).find("Rest first") != std::string::npos);
  const Article same = ReadPlainText(CorpusRules(), Plain("Knee\n\nThen walk.\n"), "Knee");
  CHECK(Print(same) == "= Knee\nThen walk.");
}

TEST_CASE("blocks are clean lines and nothing is kept twice", "[ingest][property]") {
  const unsigned seed = GENERATE(range(0U, 400U));
  CAPTURE(seed);
  const std::string bytes = RandomDump(seed);
  const Decoded decoded = Plain(bytes);
  const Article article = ReadPlainText(CorpusRules(), decoded);
  std::uint64_t before = 0;
  for (const Block& block : article.blocks) {
    REQUIRE_FALSE(block.text.empty());
    REQUIRE(utf8::Trim(block.text) == block.text);
    for (const char32_t c : utf8::Decode(block.text))
      REQUIRE((c >= 0x20 && (c < 0x7F || c > 0x9F)));
    REQUIRE(block.source.begin >= before);
    REQUIRE(block.source.end <= bytes.size());
    for (const model::SourceRun& run : block.map.runs()) {
      const std::uint64_t end = run.source_begin + std::uint64_t{run.count} * run.source_step;
      REQUIRE(run.source_begin >= before);  // no byte of the source stands in two places
      REQUIRE(end <= block.source.end);
      before = end;
      if (run.text_step != run.source_step) continue;
      const std::size_t size = std::size_t{run.count} * run.text_step;
      std::string source = bytes.substr(run.source_begin, size);
      std::replace_if(
          source.begin(), source.end(), [](char c) { return c >= '\t' && c <= '\r'; }, ' ');
      REQUIRE(block.text.substr(run.text_begin, size) == source);
    }
    REQUIRE((block.kind == BlockKind::kHeading) == (block.level >= 2));
  }
}

TEST_CASE("a plain text of sentences loses nothing", "[ingest][property]") {
  const unsigned seed = GENERATE(range(1U, 100U));
  CAPTURE(seed);
  std::string text;
  std::string wanted;
  for (unsigned i = 0; i < 8; ++i) {
    const std::string sentence = std::to_string(seed) + "x" + std::to_string(i * seed) +
                                 " is how often the knee was bent that day.";
    text += sentence + (seed % 3 == 0 ? "\n\n" : "\n");
    wanted += (i == 0 ? "" : "\n") + sentence;
  }
  CHECK(Print(ReadDump(text)) == wanted);
}

TEST_CASE("many lines of furniture cost little", "[ingest]") {
  const std::string line = GENERATE(as<std::string>{}, "Access\n", "- Related\n", "#a\nb\n\n",
                                    "1. x\ny\n", "Q: x\nPhysiotherapist\n", "Contents\n- x\nx\n");
  std::string text = "Knee\n\nRest it for two days, then walk.\n\n";
  for (int i = 0; i < 5000; ++i) text += line;
  CHECK(ReadDump(text).title == "Knee");
}

TEST_CASE("a rule with a mistake stops with its place", "[ingest]") {
  const auto load = [](const std::string& rows) {
    const test::TempDir folder;
    folder.Write("language/xx/plain_text.tsv", rows);
    auto rules = PlainTextRules::Load(folder.path());
    return rules ? std::string("loaded") : rules.error().Text();
  };
  CHECK(load("end\twhole\tAccess\tAccess\n") == "loaded");
  CHECK_THAT(load("# x\nsend\twhole\ta\ta\n"),
             Catch::Matchers::ContainsSubstring("plain_text.tsv:2") &&
                 Catch::Matchers::ContainsSubstring("'send' is no kind"));
  CHECK_THAT(load("end\tnear\ta\ta\n"), Catch::Matchers::ContainsSubstring("'near' is none of"));
  CHECK_THAT(load("end\twhole\ta\tb\n"),
             Catch::Matchers::ContainsSubstring("does not fit its own example"));
  CHECK_THAT(load("end\twhole\ta\n"), Catch::Matchers::ContainsSubstring("plain_text.tsv:1"));
}

TEST_CASE("who answers is kept beside the answer") {
  const std::string folder = test::RepositoryPath("tests/pages/text-zh-qa-speakers/");
  auto bytes = files::Read(folder + "source.txt");
  REQUIRE(bytes);
  auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  model::Source source;
  source.uri = "page";
  source.format = "text";
  source.bytes = *bytes;
  const auto document = extractor->Extract(source);
  REQUIRE(document);
  std::string said;
  for (const model::Section& section : document->sections) {
    said += std::to_string(section.number) + (section.truncated ? "!" : "") + ":";
    for (const model::Speaker& s : section.speakers) {
      said += s.name + "|" + s.title + "|" + s.affiliation + ";";
    }
    said += "\n";
  }
  auto expected = files::Read(folder + "speakers.txt");
  REQUIRE(expected);
  CHECK(said == *expected);
}

}  // namespace sakuin::ingest

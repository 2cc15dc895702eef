#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/ingest/ingest.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/encodings.h"

// Law: any span of clean text leads to source bytes that, decoded and stripped by somebody who
// knows nothing of the extractor, read the same.

namespace sakuin::ingest {
namespace {

struct Article {
  std::string file;
  std::string bytes;
  model::Document document;
};

std::vector<Article> Articles() {
  auto extractor = Extractor::Create(test::RepositoryPath("corpus"));
  REQUIRE(extractor);
  std::vector<Article> out;
  for (const std::string& folder :
       {test::RepositoryPath("tests/pages"), test::RepositoryPath("corpus/articles"),
        test::SharedPath("seeds"), test::SharedPath("practice/articles"),
        test::SharedPath("data/extraction/html")}) {
    if (folder.empty()) continue;
    for (const std::string& file : files::WalkFolder(folder).files) {
      if (!file.ends_with(".html") && !file.ends_with(".txt")) continue;
      auto bytes = files::Read(file);
      REQUIRE(bytes);
      model::Source source;
      source.uri = file;
      source.bytes = *bytes;
      source.format = "auto";
      auto document = extractor->Extract(source);
      REQUIRE(document);
      if (document->replaced == 0) out.push_back({file, *bytes, std::move(*document)});
    }
  }
  return out;
}

void EraseBetween(std::string& text, std::string_view begin, std::string_view end) {
  for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos;) {
    const std::size_t stop = text.find(end, at + begin.size());
    text.erase(at, stop == std::string::npos ? stop : stop + end.size() - at);
  }
}

void Replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// &#8212; and &#x2014;
void DecodeNumbers(std::string& text) {
  for (std::size_t at = 0; (at = text.find("&#", at)) != std::string::npos; ++at) {
    const bool hex = at + 2 < text.size() && (text[at + 2] | 0x20) == 'x';
    std::size_t end = 0;
    char32_t value = 0;
    try {
      const std::string digits = text.substr(at + (hex ? 3 : 2), 8);
      value = static_cast<char32_t>(std::stoul(digits, &end, hex ? 16 : 10));
    } catch (const std::exception&) {
      continue;
    }
    // HTML reads them as Windows-1252 does.
    static constexpr std::pair<char32_t, char32_t> kQuotes[] = {
        {0x85, 0x2026}, {0x91, 0x2018}, {0x92, 0x2019}, {0x93, 0x201C},
        {0x94, 0x201D}, {0x96, 0x2013}, {0x97, 0x2014}};
    for (const auto& [code, character] : kQuotes) value = value == code ? character : value;
    std::string made;
    utf8::Append(made, value);
    const std::size_t behind = at + (hex ? 3 : 2) + end;
    const bool closed = behind < text.size() && text[behind] == ';';
    text.replace(at, behind + (closed ? 1 : 0) - at, made);
  }
}

std::string WithoutBlanks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::Next(text, at);
    const bool nothing = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF;
    if (!utf8::IsSpace(c) && !nothing) utf8::Append(out, c);
  }
  return out;
}

std::string Stripped(std::string html) {
  for (const auto& [begin, end] : {std::pair{"<!--", "-->"},
                                   {"<script", "</script>"},
                                   {"<style", "</style>"},
                                   {"<rt>", "</rt>"},
                                   {"<span class=\"d-none", "</span>"},
                                   {"<rp>", "</rp>"},
                                   {"<svg", "</svg>"},
                                   {"<", ">"}}) {
    EraseBetween(html, begin, end);
  }
  DecodeNumbers(html);
  for (const auto& [name, text] : {std::pair{"&nbsp;", " "},
                                   {"&lt;", "<"},
                                   {"&gt;", ">"},
                                   {"&quot;", "\""},
                                   {"&ldquo;", "\u201C"},
                                   {"&rdquo;", "\u201D"},
                                   {"&lsquo;", "\u2018"},
                                   {"&rsquo;", "\u2019"},
                                   {"&mdash;", "\u2014"},
                                   {"&ndash;", "\u2013"},
                                   {"&hellip;", "\u2026"},
                                   {"&middot;", "\u00B7"},
                                   {"&ensp;", " "},
                                   {"&emsp;", " "},
                                   {"&amp;", "&"}}) {
    Replace(html, name, text);
  }
  return html;
}

// A name that Stripped() does not know.
bool HasOtherEntity(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 1);
    if (end == std::string_view::npos || text[end] != ';') continue;
    const std::string_view name = text.substr(at, end - at + 1);
    if (Stripped(std::string(name)) == name) return true;
  }
  return false;
}

// A dump without "(source: https://...)", which is no text of its article.
std::string WithoutCitations(std::string text) {
  for (std::size_t url = 0; (url = text.find("://", url)) != std::string::npos;) {
    const std::size_t open = text.find_last_of("([", url);
    const std::size_t wide = text.rfind("\uFF08", url);
    const std::size_t begin =
        open == std::string::npos || (wide != std::string::npos && wide > open) ? wide : open;
    const std::size_t end = text.find_first_of(")]", url);
    const std::size_t wide_end = text.find("\uFF09", url);
    url += 3;
    if (begin == std::string::npos) continue;
    const std::size_t stop = std::min(end == std::string::npos ? end : end + 1,
                                      wide_end == std::string::npos ? wide_end : wide_end + 3);
    if (stop == std::string::npos) continue;
    text.erase(begin, stop - begin);
    url = begin;
  }
  return text;
}

}  // namespace

TEST_CASE("random spans of clean text lead to bytes that read the same") {
  constexpr int kSpans = 1000;
  constexpr std::size_t kLongest = 120;  // bytes
  const std::vector<Article> articles = Articles();
  std::mt19937_64 random(20261124);
  int checked = 0;
  for (int tries = 0; checked < kSpans && tries < kSpans * 20; ++tries) {
    const Article& article = articles[random() % articles.size()];
    const auto& sections = article.document.sections;
    const model::Section& section = sections[random() % sections.size()];
    if (section.text.empty()) continue;
    // Within one line: between two stand marks, numbers and furniture that are no text.
    std::size_t begin = random() % section.text.size();
    while (begin > 0 && (section.text[begin] & 0xC0) == 0x80) --begin;
    const std::size_t line = std::min(section.text.find('\n', begin), section.text.size());
    std::size_t end = std::min(begin + 1 + random() % kLongest, line);
    while (end < line && (section.text[end] & 0xC0) == 0x80) ++end;
    if (end <= begin) continue;
    const model::SourceRange range = section.text_map.ToSource(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    const std::string wanted = WithoutBlanks(section.text.substr(begin, end - begin));
    if (wanted.empty()) continue;
    CAPTURE(article.file, section.number, begin, end, range.begin, range.end);
    REQUIRE(range.begin < range.end);
    REQUIRE(range.end <= article.bytes.size());
    auto decoded = Decode(article.bytes.substr(range.begin, range.end - range.begin),
                          article.document.encoding, false, test::SharedDetector());
    REQUIRE(decoded);
    if (HasOtherEntity(decoded->text)) continue;
    const bool page = article.document.profile != "plain-text";
    REQUIRE(WithoutBlanks(page ? Stripped(decoded->text) : WithoutCitations(decoded->text)) ==
            wanted);
    ++checked;
  }
  CHECK(checked == kSpans);
}

}  // namespace sakuin::ingest

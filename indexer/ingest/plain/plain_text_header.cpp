#include <algorithm>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/dates.h"
#include "indexer/ingest/plain/plain_text_structure.h"

// Title, category, date, abstract and keywords: the lines at the top of a dump.

namespace sakuin::ingest {
namespace {

constexpr std::size_t kHeaderLines = 12;

// A date with a few words around it.
bool IsDateLine(const Dump& dump, std::size_t i) {
  constexpr std::size_t kLongest = 70;
  const std::string_view line = dump.Text(i);
  return Characters(line) <= kLongest && HoldsDay(line, dump.rules.dates()) &&
         !EndsSentence(line) && BulletLength(line) == 0 && HeadingMarkLength(line) == 0;
}

// Words run together without any separator: the page's keywords. Sentences of Japanese are full of
// kana.
bool IsKeywordRun(std::string_view line) {
  constexpr std::size_t kShortest = 12;
  if (!IsMostlyWide(line) || HasSentencePunctuation(line)) return false;
  std::size_t all = 0;
  std::size_t kana = 0;
  std::size_t blanks = 0;
  for (std::size_t at = 0; at < line.size(); ++all) {
    const char32_t c = utf8::Next(line, at);
    kana += IsHiragana(c) ? 1 : 0;
    blanks += utf8::IsSpace(c) ? 1 : 0;
  }
  return all >= kShortest && kana * 5 <= all && blanks == 0;
}

// Three or more short words with blanks, bars or slashes between: keywords or a menu.
bool IsWordList(std::string_view line) {
  constexpr std::size_t kLongestWord = 12;
  if (EndsSentence(line) || !IsMostlyWide(line)) return false;
  std::size_t words = 0;
  std::size_t length = 0;
  for (std::size_t at = 0; at <= line.size();) {
    const bool end = at == line.size();
    const char32_t c = end ? U' ' : utf8::Next(line, at);
    const bool gap = utf8::IsSpace(c) || c == '|' || c == '/' || c == 0xFF5C || c == 0xFF0F;
    if (!gap && !IsLetter(c) && c != '-' && c != 0x30FB && !(c >= '0' && c <= '9')) return false;
    if (!gap) {
      if (++length > kLongestWord) return false;
    } else if (length > 0) {
      ++words;
      length = 0;
    }
    if (end) break;
  }
  return words >= 3;
}

// Links of the page in one line: "Home | Sign in | Contact", "Home > Feet > Sprains".
bool IsMenu(std::string_view line) {
  const bool bars = line.find('|') != std::string_view::npos ||
                    line.find("\xEF\xBD\x9C") != std::string_view::npos;
  // One arrow will do: no title is "Columns > Backs".
  constexpr std::size_t kLongestTrail = 30;
  const bool arrow =
      line.find(" > ") != std::string_view::npos && Characters(line) <= kLongestTrail;
  return IsTrail(line) || arrow || (bars && IsWordList(line));
}

// "By Li", not "By the second week".
bool IsName(const PlainTextRules& rules, std::string_view kind, std::string_view line) {
  if (!rules.Is(kind, line)) return false;
  const std::string_view name = rules.Behind(kind, line);
  return !name.empty() && !(name[0] >= 'a' && name[0] <= 'z');
}

bool IsMetadata(const Dump& dump, std::size_t i) {
  constexpr std::size_t kLongest = 90;
  const std::string_view line = dump.Text(i);
  if (Characters(line) > kLongest || EndsInStop(line)) return false;
  const PlainTextRules& rules = dump.rules;
  return rules.Is("drop", line) || IsTrail(line) || IsContact(line) ||
         (!EndsSentence(line) && (IsName(rules, "author", line) || IsName(rules, "site", line)));
}

// The line that says what the dump is about; size() where there is none.
std::size_t TitleLine(Dump& dump) {
  constexpr std::size_t kLongest = 80;
  constexpr std::size_t kLongestLatin = 160;
  constexpr std::size_t kLongestSentence = 30;
  constexpr std::size_t kMostAbove = 4;
  std::size_t i = 0;
  while (i < std::min(dump.size(), kMostAbove) && dump.rules.Prefix("title", dump.Text(i)) == 0 &&
         (IsMetadata(dump, i) || IsOrnament(dump.Text(i)) || IsMenu(dump.Text(i)) ||
          (IsDateLine(dump, i) && Characters(dump.Text(i)) < 30))) {
    ++i;
  }
  if (i >= dump.size() || i >= kMostAbove) return dump.size();
  const DumpLine& line = dump.lines[i];
  if (dump.rules.Is("contents", line.text)) return dump.size();
  if (!dump.known_title.empty() && line.text != dump.known_title) return dump.size();
  const std::size_t length = Characters(line.text);
  const bool sentence = EndsInStop(line.text) && (length > kLongestSentence || !line.blank_after);
  const bool fits = length <= (IsMostlyWide(line.text) ? kLongest : kLongestLatin) && !sentence &&
                    BulletLength(line.text) == 0 && !IsHashtag(line.text);
  if (!fits || dump.size() == 1) return dump.size();  // a single line is text
  for (std::size_t j = 0; j < i; ++j) dump.DropMetadata(j);
  return i;
}

// "Title - Site" before "Title": the bytes of what follows the title; 0 where it is none.
std::size_t SiteLength(std::string_view first, std::string_view again) {
  constexpr std::size_t kShortestTitle = 4;
  if (first.size() <= again.size() || !first.starts_with(again)) return 0;
  const std::string_view rest = first.substr(again.size());
  const std::string_view gap = utf8::Trim(rest);
  const char32_t c = [&] {
    std::size_t at = 0;
    return utf8::Next(gap, at);
  }();
  const bool known = c == '-' || c == '_' || c == '|' || c == 0xFF5C || c == 0x2013 || c == 0x2014;
  return known && Characters(again) >= kShortestTitle ? rest.size() : 0;
}

// A title printed again shortly after: what stands between is metadata.
void FindRepeat(Dump& dump) {
  constexpr std::size_t kMostLines = 8;
  constexpr std::size_t kMostBetween = 700;  // characters
  const std::string_view first = dump.Text(dump.title);
  std::size_t between = 0;
  for (std::size_t i = dump.title + 1; i < dump.size() && i <= dump.title + kMostLines; ++i) {
    const std::size_t site = SiteLength(first, dump.Text(i));
    if (dump.Text(i) != first && site == 0) {
      between += Characters(dump.Text(i));
      if (between > kMostBetween || HeadingMarkLength(dump.Text(i)) > 0) return;
      continue;
    }
    for (std::size_t j = dump.title + 1; j <= i; ++j) dump.DropMetadata(j);
    if (site > 0) {
      dump.lines[dump.title].trim = site;
      std::string_view name = first.substr(first.size() - site);
      while (!name.empty()) {  // without the separator
        std::size_t at = 0;
        if (IsLetter(utf8::Next(name, at))) break;
        name.remove_prefix(at);
      }
      if (dump.site.empty()) dump.site = std::string(name);
    }
    return;
  }
}

// Bullets below the date that come again inside later lines: teasers.
void DropTeasers(Dump& dump, std::size_t begin, std::size_t end) {
  const auto again = [&](std::string_view teaser) {
    for (std::size_t i = end; i < dump.size(); ++i) {
      const std::string_view line = dump.Text(i);
      if (dump.IsShort(line) && !EndsInStop(line) && line.find(teaser) != std::string_view::npos) {
        return true;
      }
    }
    return false;
  };
  std::vector<std::size_t> bullets;
  std::size_t found = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t bullet = BulletLength(dump.Text(i));
    if (bullet == 0 || EndsInStop(dump.Text(i))) continue;
    bullets.push_back(i);
    found += again(dump.Text(i).substr(bullet)) ? 1 : 0;
  }
  if (found * 2 < bullets.size() + 1) return;
  for (const std::size_t i : bullets) dump.Drop(i);
}

// A line of the header that is said again, word for word, in the text: its abstract.
void DropAbstract(Dump& dump, std::size_t i) {
  constexpr std::size_t kShortest = 20;  // characters
  std::string_view line = dump.Text(i);
  static constexpr std::string_view kDots[] = {"\xE2\x80\xA6", "..."};
  for (const std::string_view dots : kDots) {
    while (line.ends_with(dots)) line.remove_suffix(dots.size());
  }
  if (Characters(line) < kShortest) return;
  const std::size_t behind = dump.lines[i].begin + dump.Text(i).size();
  if (dump.text.find(line, behind) != std::string_view::npos) dump.Drop(i);
}

// What stands in one block with the date: an abstract and keywords, or teasers.
void ReadDateBlock(Dump& dump, std::size_t i) {
  constexpr std::size_t kMostLines = 3;
  std::size_t last = i;
  while (last + 1 < dump.size() && !dump.lines[last].blank_after) ++last;
  if (last == i) return;
  if (last - i <= kMostLines && IsKeywordRun(dump.Text(last))) {
    for (std::size_t j = i + 1; j <= last; ++j) dump.Drop(j);
    return;
  }
  DropTeasers(dump, i + 1, last + 1);
  // Who published it: a few words without punctuation.
  constexpr std::size_t kLongestName = 20;
  for (std::size_t j = i + 1; last - i < kMostLines && j <= last; ++j) {
    const std::string_view line = dump.Text(j);
    const bool name = Characters(line) <= kLongestName && !HasSentencePunctuation(line) &&
                      BulletLength(line) == 0 && HeadingMarkLength(line) == 0;
    if (!name || !dump.Free(j)) return;
    dump.DropMetadata(j);
  }
}

void FindMetadata(Dump& dump) {
  constexpr std::size_t kShortestBody = 40;  // characters of a sentence that begins the article
  constexpr std::size_t kFewestLines = 3;    // a record's text of a line or two has no header
  if (dump.size() < kFewestLines) return;
  const std::size_t begin = dump.title < dump.size() ? dump.title + 1 : 0;
  std::size_t bodies = 0;
  for (std::size_t i = begin; i < dump.size() && i < begin + kHeaderLines && bodies < 2; ++i) {
    if (!dump.Free(i)) continue;
    const std::string_view line = dump.Text(i);
    if (HeadingMarkLength(line) > 0 || dump.rules.Is("contents", line)) return;
    if (dump.rules.Is("abstract", line)) {
      dump.Drop(i);
    } else if (const bool date = IsDateLine(dump, i); date || IsMetadata(dump, i)) {
      dump.DropMetadata(i);
      if (date) ReadDateBlock(dump, i);
    } else if (bodies == 0 && IsWordList(line)) {
      dump.Drop(i);
    } else {
      if (EndsSentence(line) && Characters(line) >= kShortestBody) ++bodies;
      DropAbstract(dump, i);
    }
  }
}

}  // namespace

void FindHeader(Dump& dump) {
  dump.title = TitleLine(dump);
  if (dump.title < dump.size()) {
    DumpLine& line = dump.lines[dump.title];
    line.role = LineRole::kDropped;  // it becomes the lead section's heading
    line.why = "the title";
    line.skip = std::max(HeadingMarkLength(line.text), dump.rules.Prefix("title", line.text));
    FindRepeat(dump);
  }
  FindMetadata(dump);
}

}  // namespace sakuin::ingest

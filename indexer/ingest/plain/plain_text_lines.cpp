#include "indexer/ingest/plain/plain_text_lines.h"

#include <algorithm>
#include <map>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

char32_t First(std::string_view text) {
  std::size_t at = 0;
  return text.empty() ? 0 : utf8::Next(text, at);
}

char32_t Last(std::string_view text) {
  std::size_t at = text.size();
  return text.empty() ? 0 : utf8::Previous(text, at);
}

bool IsFullStop(char32_t c) {
  return c == 0x3002 || c == '.' || c == 0xFF0E || c == 0x2026 || c == 0xFF61;
}

bool IsMark(char32_t c) { return c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?'; }

bool IsCloser(char32_t c) {
  return c == 0x300D || c == 0x300F || c == 0x201D || c == 0xFF09 || c == ')' || c == '"';
}

void AddLine(std::string_view text, std::size_t begin, std::size_t indent, bool blank_before,
             std::vector<DumpLine>& out) {
  DumpLine line;
  line.text = text;
  line.begin = begin;
  line.indent = indent;
  line.blank_before = blank_before;
  for (const std::string_view stars : {"**", "__"}) {
    const bool around = text.size() > 2 * stars.size() && text.starts_with(stars) &&
                        text.find(stars, stars.size()) == text.size() - stars.size();
    if (!around) continue;
    line.text = utf8::Trim(text.substr(stars.size(), text.size() - 2 * stars.size()));
    if (line.text.empty()) {
      line.text = text;
      continue;
    }
    line.begin += static_cast<std::size_t>(line.text.data() - text.data());
    line.strong = true;
  }
  out.push_back(std::move(line));
}

// Where paragraphs begin with two wide blanks, as in most Chinese texts, that indent says nothing.
void TakeOffIndent(std::vector<DumpLine>& lines) {
  std::map<std::size_t, std::size_t> counts;
  for (const DumpLine& line : lines) ++counts[line.indent];
  for (const auto& [indent, count] : counts) {
    if (indent == 0 || count * 2 <= lines.size()) continue;
    for (DumpLine& line : lines) line.indent -= std::min(line.indent, indent);
  }
}

// Where a bullet stands behind a sentence's end, as in "...end. - next": the byte of the bullet;
// npos where there is none. A dash needs blanks on both sides and a wide stop before it, for
// "e.g. - " is no end.
std::size_t FindGlued(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = utf8::Next(text, at);
    if (here == 0) continue;
    const bool dash = c == '-' && text[here - 1] == ' ' && at < text.size() && text[at] == ' ';
    const bool dot = c == 0x2022 || c == 0x30FB || c == 0x25CF || c == 0x2611;
    if (!dash && !dot) continue;
    const std::string_view before = utf8::Trim(text.substr(0, here));
    const char32_t last = Last(before);
    const bool stop = last == 0x3002 || (last == 0xFF01 || last == 0xFF1F);
    if (stop && BulletLength(text.substr(here)) > 0) return here;
  }
  return std::string_view::npos;
}

void AddSplit(std::string_view text, std::size_t begin, std::size_t indent, bool blank_before,
              std::vector<DumpLine>& out) {
  for (;;) {
    const std::size_t glued = FindGlued(text, 0);
    AddLine(utf8::Trim(text.substr(0, glued)), begin, indent, blank_before, out);
    if (glued == std::string_view::npos) return;
    text.remove_prefix(glued);
    begin += glued;
    blank_before = false;
  }
}

}  // namespace

std::vector<DumpLine> SplitLines(std::string_view text) {
  std::vector<DumpLine> out;
  bool blank = true;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t end = std::min(text.find_first_of("\n\r", at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    const std::string_view trimmed = utf8::Trim(whole);
    if (trimmed.empty()) {
      blank = true;
      if (!out.empty()) out.back().blank_after = true;
    } else {
      const auto indent = static_cast<std::size_t>(trimmed.data() - whole.data());
      AddSplit(trimmed, at + indent, indent, blank, out);
      blank = false;
    }
    // CR LF is one line's end.
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++end;
    at = end + 1;
  }
  if (!out.empty()) out.back().blank_after = true;
  TakeOffIndent(out);
  return out;
}

std::size_t Characters(std::string_view text) { return utf8::Count(text); }

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z';
  return (c >= 0xC0 && c <= 0x5FF && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1FFF) ||
         (c >= 0x3041 && c <= 0x30FF && c != 0x30FB && c != 0x30A0) || c == 0x3005 ||
         (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF21 && c <= 0xFF3A) ||
         (c >= 0xFF41 && c <= 0xFF5A) || (c >= 0xFF66 && c <= 0xFF9F) ||
         (c >= 0x20000 && c <= 0x323AF);
}

bool EndsSentence(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0) {
    const char32_t c = utf8::Previous(line, end);
    if (IsFullStop(c) || IsMark(c)) return true;
    if (!IsCloser(c)) return false;
  }
  return false;
}

bool EndsInStop(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0) {
    const char32_t c = utf8::Previous(line, end);
    if (IsFullStop(c)) return true;
    if (!IsCloser(c)) return false;
  }
  return false;
}

std::size_t CountStops(std::string_view line) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < line.size();) {
    if (utf8::Next(line, at) == 0x3002) ++out;
  }
  return out;
}

bool EndsInQuestion(std::string_view line) {
  const char32_t c = Last(line);
  return c == '?' || c == 0xFF1F;
}

bool EndsInColon(std::string_view line) { return Last(line) == ':' || Last(line) == 0xFF1A; }

bool EndsInComma(std::string_view line) {
  const char32_t c = Last(line);
  return c == ',' || c == 0x3001 || c == 0xFF0C;
}

bool EndsOpen(std::string_view line) {
  const char32_t c = Last(line);
  return EndsInColon(line) || EndsInComma(line) || c == 0xFF1B || c == ';';
}

bool IsHashtag(std::string_view line) {
  const char32_t c = First(line);
  if (c != '#' && c != 0xFF03) return false;
  std::size_t at = utf8::Length(c);
  return at < line.size() && line[at] != ' ' && line[at] != '#' && !EndsInStop(line);
}

bool IsOrnament(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::Next(line, at);
    if (IsLetter(c) || IsDigit(c) || (c >= 0x2460 && c <= 0x2473)) return false;
  }
  return true;
}

bool HasSentencePunctuation(std::string_view line) {
  constexpr std::u32string_view kMarks = U"\uFF0C\u3001,:\uFF1A\uFF1B;\u201C";
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::Next(line, at);
    if (IsFullStop(c) || IsMark(c) || kMarks.find(c) != std::u32string_view::npos) return true;
  }
  return false;
}

bool IsMostlyWide(std::string_view line) {
  std::size_t wide = 0;
  std::size_t narrow = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::Next(line, at);
    if (c >= 0x2E80) {
      ++wide;
    } else if ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z') {
      ++narrow;
    }
  }
  return wide * 4 > narrow;
}

bool IsDoubled(std::string_view line) {
  constexpr std::size_t kShortest = 24;  // bytes
  const std::size_t half = line.size() / 2;
  return line.size() >= kShortest && line.size() % 2 == 0 &&
         line.substr(0, half) == line.substr(half);
}

bool IsContact(std::string_view line) {
  if (line.find("://") != std::string_view::npos) {
    const std::size_t begin = line.find("http");
    if (begin == std::string_view::npos) return false;
    std::size_t end = line.find_first_of(" )\t", begin);
    end = std::min(end, line.size());
    constexpr std::size_t kMostWords = 24;
    return Characters(line) - (end - begin) <= kMostWords && !EndsInStop(line.substr(0, begin));
  }
  if (First(line) == 0x3012) return true;
  // Digits in two to four groups with hyphens, as telephone numbers begin: 03-0000-0000.
  std::size_t digits = 0;
  std::size_t hyphens = 0;
  for (const char c : line) {
    if (c >= '0' && c <= '9') ++digits;
    if (c == '-') ++hyphens;
  }
  if (digits < 9 || digits > 13 || hyphens < 1 || hyphens > 3) return false;
  const std::string_view number = line.substr(line.find_first_of("0123456789+"));
  const bool begins = number.starts_with("0") || number.starts_with("+") ||
                      number.starts_with("400-") || number.starts_with("1-");
  constexpr std::size_t kMostWords = 12;
  return begins && Characters(line) <= digits + hyphens + kMostWords;
}

bool IsTrail(std::string_view line) {
  std::size_t arrows = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::Next(line, at);
    if (c == '>' || c == 0x203A || c == 0xBB || c == 0xFF1E) ++arrows;
  }
  constexpr std::size_t kLongest = 60;
  return arrows >= 2 && Characters(line) <= kLongest && !EndsSentence(line);
}

}  // namespace sakuin::ingest

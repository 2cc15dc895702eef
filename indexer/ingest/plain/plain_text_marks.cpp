#include <algorithm>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

constexpr char32_t kSelector = 0xFE0F;  // asks for the coloured form of the character before it

int DigitValue(char32_t c) { return static_cast<int>(c >= 0xFF10 ? c - 0xFF10 : c - '0'); }
bool IsCircled(char32_t c) { return c >= 0x2460 && c <= 0x2473; }

char32_t Peek(std::string_view text, std::size_t at) {
  return at < text.size() ? utf8::Next(text, at) : 0;
}

std::size_t Blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t next = at;
    if (!utf8::IsSpace(utf8::Next(text, next))) break;
    at = next;
  }
  return at;
}

// `at`, behind a variation selector and blanks; 0 where nothing follows.
std::size_t Rest(std::string_view line, std::size_t at) {
  if (Peek(line, at) == kSelector) utf8::Next(line, at);
  at = Blanks(line, at);
  return at == line.size() ? 0 : at;
}

// Bullets that need no blank behind them; those of ASCII and the dashes do.
bool IsBullet(char32_t c) {
  constexpr std::u32string_view kBullets =
      U"\u2022\u30FB\u00B7\uFF65\u2023\u2043\u25CF\u25CB\u25E6\u25AA\u25AB\u2611\u2610\u2713\u2714"
      U"\u2705\u3007\u2219";
  return kBullets.find(c) != std::u32string_view::npos;
}

bool IsDashBullet(char32_t c) { return c == '-' || c == '*' || c == '+' || c == 0x2013; }

bool IsHeadingMark(char32_t c) {
  constexpr std::u32string_view kMarks =
      U"\u25A0\u25A1\u25A3\u25C6\u25C7\u25BC\u25BD\u25B6\u25B7\u25BA\u25B8\u2605\u2606\u25CE\u2756"
      U"\u25B2\u25B3\u2751\u25FC\u25FB";
  return kMarks.find(c) != std::u32string_view::npos || (c >= 0x1F536 && c <= 0x1F53B);
}

struct Number {
  std::size_t end = 0;  // of the marker; 0: there is none
  int value = 0;
};

Number ReadNumber(std::string_view line) {
  std::size_t at = 0;
  const char32_t first = Peek(line, 0);
  if (IsCircled(first)) {
    utf8::Next(line, at);
    return {at, static_cast<int>(first - 0x2460) + 1};
  }
  const bool bracket = first == '(' || first == 0xFF08;
  if (bracket) utf8::Next(line, at);
  int value = 0;
  std::size_t digits = 0;
  for (; digits < 2 && IsDigit(Peek(line, at)); ++digits) {
    value = value * 10 + DigitValue(utf8::Next(line, at));
  }
  if (digits == 0 || at >= line.size()) return {};
  const char32_t mark = utf8::Next(line, at);
  const bool closes = mark == ')' || mark == 0xFF09;
  const bool point = mark == '.' || mark == 0xFF0E;
  if (point && IsDigit(Peek(line, at))) return {};  // 1.5
  const bool known = closes || (!bracket && (point || mark == 0x3001));
  return known ? Number{at, value} : Number{};
}

}  // namespace

std::size_t BulletLength(std::string_view line) {
  const char32_t c = Peek(line, 0);
  if (c == 0) return 0;
  std::size_t at = utf8::Length(c);
  if (IsDashBullet(c)) return Peek(line, at) == ' ' ? Rest(line, at) : 0;
  if (!IsBullet(c)) return 0;
  // Two circles are a placeholder for a name.
  if ((c == 0x25CB || c == 0x25CF || c == 0x3007) && Peek(line, at) == c) return 0;
  return Rest(line, at);
}

std::size_t NumberLength(std::string_view line) {
  const Number number = ReadNumber(line);
  return number.end == 0 ? 0 : Rest(line, number.end);
}

int NumberValue(std::string_view line) { return ReadNumber(line).value; }

std::size_t ChapterLength(std::string_view line) {
  if (line.size() < 4 || !IsDigit(Peek(line, 0)) || !IsDigit(Peek(line, 1))) return 0;
  return utf8::IsSpace(Peek(line, 2)) && IsLetter(Peek(line, Blanks(line, 2))) && line[0] == '0'
             ? Blanks(line, 2)
             : 0;
}

std::size_t HeadingMarkLength(std::string_view line) {
  const char32_t c = Peek(line, 0);
  if (c == 0) return 0;
  std::size_t at = utf8::Length(c);
  if (c == '#') {
    at = std::min(line.find_first_not_of('#'), line.size());
    return at <= 6 && Peek(line, at) == ' ' ? Rest(line, at) : 0;
  }
  if (!IsHeadingMark(c)) return 0;
  while (at < line.size() && Peek(line, at) == c) utf8::Next(line, at);
  at = Rest(line, at);
  // A circled number behind the mark belongs to it.
  if (at > 0 && IsCircled(Peek(line, at))) at += NumberLength(line.substr(at));
  return at == line.size() ? 0 : at;
}

namespace {

struct Outline {
  std::size_t end = 0;
  std::size_t depth = 0;
};

Outline ReadOutline(std::string_view line) {
  Outline out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t digits = at;
    while (at < line.size() && at - digits < 3 && line[at] >= '0' && line[at] <= '9') ++at;
    if (at == digits) break;
    ++out.depth;
    out.end = at;
    if (at >= line.size() || (line[at] != '.' && line[at] != '-')) break;
    ++at;
  }
  if (out.end < line.size() && line[out.end] == '.') ++out.end;
  return out;
}

}  // namespace

std::size_t OutlineLength(std::string_view line) {
  const Outline outline = ReadOutline(line);
  if (outline.end == 0) return 0;
  // "1-1.Causes" needs no blank: the point behind two numbers says enough.
  const bool point =
      outline.depth > 1 && line[outline.end - 1] == '.' && !IsDigit(Peek(line, outline.end));
  return point || utf8::IsSpace(Peek(line, outline.end)) ? Rest(line, outline.end) : 0;
}

std::size_t OutlineDepth(std::string_view line) {
  return OutlineLength(line) == 0 ? 0 : ReadOutline(line).depth;
}

bool IsBracketed(std::string_view line) {
  static constexpr std::pair<char32_t, char32_t> kPairs[] = {
      {0x3010, 0x3011}, {0x3014, 0x3015}, {0x300A, 0x300B}, {0xFF1C, 0xFF1E},
      {0x3008, 0x3009}, {0xFF3B, 0xFF3D}, {0x226A, 0x226B}};
  std::size_t end = line.size();
  if (end == 0) return false;
  const char32_t close = utf8::Previous(line, end);
  const bool pair = std::any_of(std::begin(kPairs), std::end(kPairs), [&](const auto& p) {
    return p.first == Peek(line, 0) && p.second == close;
  });
  // One pair only: "[a] and [b]" is no bracketed line.
  return pair && line.find(line.substr(end)) == end && end > utf8::Length(Peek(line, 0));
}

bool IsQuoted(std::string_view line) {
  const char32_t open = Peek(line, 0);
  if (open != 0x300C && open != 0x300E && open != 0x201C) return false;
  const char32_t close = open == 0x201C ? 0x201D : open + 1;
  std::size_t end = line.size();
  return utf8::Previous(line, end) == close && line.find(line.substr(end)) == end;
}

}  // namespace sakuin::ingest

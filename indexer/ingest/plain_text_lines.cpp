#include "indexer/ingest/plain_text_lines.h"

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

bool IsStop(char32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' || c == '.' ||
         c == 0xFF0E || c == 0x2026;
}

bool IsCloser(char32_t c) {
  return c == 0x300D || c == 0x300F || c == 0x201D || c == 0xFF09 || c == ')' || c == '"';
}

std::size_t Blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t next = at;
    if (!utf8::IsSpace(utf8::Next(text, next))) break;
    at = next;
  }
  return at;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AddLine(std::string_view text, std::size_t begin, std::size_t indent, bool blank_before,
             std::vector<DumpLine>& out) {
  DumpLine line;
  line.text = text;
  line.begin = begin;
  line.indent = indent;
  line.blank_before = blank_before;
  out.push_back(line);
}

// "...sentence. - next item": the marker of the next item was glued to the line before.
void AddSplit(std::string_view text, std::size_t begin, std::size_t indent, bool blank_before,
              std::vector<DumpLine>& out) {
  for (std::size_t at = text.find(" - "); at != std::string_view::npos;
       at = text.find(" - ", at + 1)) {
    if (!IsStop(Last(text.substr(0, at))) || Last(text.substr(0, at)) == '.') continue;
    AddLine(utf8::Trim(text.substr(0, at)), begin, indent, blank_before, out);
    const std::size_t next = at + 1;
    return AddSplit(text.substr(next), begin + next, indent, false, out);
  }
  AddLine(text, begin, indent, blank_before, out);
}

}  // namespace

std::vector<DumpLine> SplitLines(std::string_view text) {
  std::vector<DumpLine> out;
  bool blank = true;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t end = text.find_first_of("\n\r", at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view whole = text.substr(at, end - at);
    const std::string_view trimmed = utf8::Trim(whole);
    if (trimmed.empty()) {
      // CR LF is one line's end, not an empty line.
      const bool half = end > 0 && at == end && text[at - (at > 0 ? 1 : 0)] == '\r' && at > 0 &&
                        end < text.size() && text[end] == '\n';
      if (!half) {
        blank = true;
        if (!out.empty()) out.back().blank_after = true;
      }
    } else {
      const auto indent = static_cast<std::size_t>(trimmed.data() - whole.data());
      AddSplit(trimmed, at + indent, indent, blank, out);
      blank = false;
    }
    at = end + 1;
  }
  if (!out.empty()) out.back().blank_after = true;
  return out;
}

std::size_t Characters(std::string_view text) { return utf8::Count(text); }

std::size_t BulletLength(std::string_view line) {
  std::size_t at = 0;
  const char32_t c = First(line);
  if (c == 0) return 0;
  utf8::Next(line, at);
  switch (c) {
    case 0x2022:
    case 0x30FB:
    case 0x00B7:
    case 0x25CF:
    case 0x25CB:
    case 0x2611:
    case 0x2610:
    case 0x2713:
    case 0x2714:
    case 0x2705:
    case 0x25E6:
    case 0x25AA:
    case 0x203B:
    case 0x3007: break;
    case '-':
    case '*':
    case 0x2013:
      if (at >= line.size() || line[at] != ' ') return 0;
      break;
    default: return 0;
  }
  if (c == 0x25CB && First(line.substr(at)) == 0x25CB) return 0;  // circles as a placeholder
  if (c == 0x203B) return 0;                                      // a note, not a list
  std::size_t after = at;
  if (after < line.size()) {
    std::size_t selector = after;
    if (utf8::Next(line, selector) == 0xFE0F) after = selector;
  }
  after = Blanks(line, after);
  return after == line.size() ? 0 : after;
}

std::size_t NumberLength(std::string_view line) {
  std::size_t at = 0;
  const char32_t c = First(line);
  if (c >= 0x2460 && c <= 0x2473) {
    utf8::Next(line, at);
    return Blanks(line, at);
  }
  const bool bracket = c == '(' || c == 0xFF08;
  if (bracket) utf8::Next(line, at);
  const std::size_t digits = at;
  while (at < line.size() && IsDigit(line[at]) && at - digits < 2) ++at;
  if (at == digits || at >= line.size()) return 0;
  std::size_t behind = at;
  const char32_t mark = utf8::Next(line, behind);
  if (bracket) return mark == ')' || mark == 0xFF09 ? Blanks(line, behind) : 0;
  if (mark == 0x3001 || mark == 0xFF0E) return Blanks(line, behind);
  const bool spaced = mark == '.' && behind < line.size() && !IsDigit(line[behind]);
  return spaced ? Blanks(line, behind) : 0;
}

std::size_t HeadingMarkLength(std::string_view line) {
  std::size_t at = 0;
  const char32_t c = First(line);
  if (c == 0) return 0;
  utf8::Next(line, at);
  const bool mark = c == 0x25A0 || c == 0x25A1 || c == 0x25C6 || c == 0x25C7 || c == 0x25BC ||
                    c == 0x25B6 || c == 0x25BA || c == 0x2605 || c == 0x25CE || c == 0x25A3 ||
                    (c >= 0x1F536 && c <= 0x1F53B) || c == '#';
  if (!mark) return 0;
  if (c == '#') {
    while (at < line.size() && line[at] == '#') ++at;
    if (at >= line.size() || line[at] != ' ') return 0;
  }
  std::size_t selector = at;
  if (at < line.size() && utf8::Next(line, selector) == 0xFE0F) at = selector;
  at = Blanks(line, at);
  // A circled number behind the mark belongs to it.
  const std::size_t number = NumberLength(line.substr(at));
  if (First(line.substr(at)) >= 0x2460 && First(line.substr(at)) <= 0x2473) at += number;
  return at == line.size() ? 0 : at;
}

namespace {

std::size_t LetterMark(std::string_view line, char letter) {
  if (line.size() < 3 ||
      (line[0] != letter && First(line) != static_cast<char32_t>(letter) + 0xFEE0)) {
    return 0;
  }
  std::size_t at = 0;
  utf8::Next(line, at);
  while (at < line.size() && IsDigit(line[at])) ++at;
  std::size_t behind = at;
  if (at >= line.size()) return 0;
  const char32_t mark = utf8::Next(line, behind);
  const bool known =
      mark == '.' || mark == ':' || mark == 0xFF1A || mark == 0xFF0E || mark == 0x3001;
  return known ? Blanks(line, behind) : 0;
}

}  // namespace

std::size_t QuestionMarkLength(std::string_view line) { return LetterMark(line, 'Q'); }
std::size_t AnswerMarkLength(std::string_view line) { return LetterMark(line, 'A'); }

bool IsBracketed(std::string_view line) {
  return First(line) == 0x3010 && Last(line) == 0x3011 &&
         line.find("\xE3\x80\x91") == line.size() - 3;
}

bool EndsSentence(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0) {
    std::size_t before = end;
    const char32_t c = utf8::Previous(line, before);
    if (IsStop(c)) return true;
    if (!IsCloser(c)) return false;
    end = before;
  }
  return false;
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
  std::size_t at = 0;
  utf8::Next(line, at);
  return at < line.size() && line[at] != ' ' && line[at] != '#';
}

bool HasSentencePunctuation(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::Next(line, at);
    if (IsStop(c) || c == 0xFF0C || c == 0x3001 || c == ',' || c == ':' || c == 0xFF1A ||
        c == 0xFF1B || c == ';' || c == 0x201C) {
      return true;
    }
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
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
      ++narrow;
    }
  }
  return wide * 4 > narrow;
}

}  // namespace sakuin::ingest

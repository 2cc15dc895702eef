#pragma once

// The lines of a text dump and what can be said of each by itself. For plain_text*.cpp only.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::ingest {

enum class LineRole : std::uint8_t {
  kText,
  kHeading,
  kItem,       // `skip` bytes of marker before the item
  kContinued,  // goes on the line before it, with a blank between
  kDropped,
};

struct DumpLine {
  std::string_view text;   // trimmed
  std::size_t begin = 0;   // of `text` in the decoded text
  std::size_t indent = 0;  // blanks before it
  bool blank_before = false;
  bool blank_after = false;
  LineRole role = LineRole::kText;
  int level = 0;         // of a heading
  std::size_t skip = 0;  // bytes of marker at the beginning that are no text
  std::size_t trim = 0;  // and at the end
};

// Non-empty lines. A list marker behind a sentence's end ("...end. - next") begins a line of its
// own.
std::vector<DumpLine> SplitLines(std::string_view text);

std::size_t Characters(std::string_view text);

// Bytes of a bullet or number with the blanks behind it; 0 where the line has none.
std::size_t BulletLength(std::string_view line);
std::size_t NumberLength(
    std::string_view line);  // "1." "(1)", a digit before U+3001, circled digits
// A square, diamond or triangle, or a small coloured one of the emoji, that opens a heading.
std::size_t HeadingMarkLength(std::string_view line);
// "Q1." "Q:"; and "A." "A1:", of either width.
std::size_t QuestionMarkLength(std::string_view line);
std::size_t AnswerMarkLength(std::string_view line);
// Is the whole line inside one pair of lenticular brackets?
bool IsBracketed(std::string_view line);

bool EndsSentence(std::string_view line);  // . ! ? of any width, closing quotes behind them too
bool EndsOpen(std::string_view line);      // a comma or colon: something must follow
bool EndsInColon(std::string_view line);
bool EndsInComma(std::string_view line);
bool IsHashtag(std::string_view line);
bool HasSentencePunctuation(std::string_view line);
bool IsMostlyWide(std::string_view line);  // Han and kana rather than Latin letters

}  // namespace sakuin::ingest

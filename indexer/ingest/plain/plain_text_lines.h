#pragma once

// The lines of a text dump and what can be said of each by itself. For .cpp files of ingest only.

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
  kContinued,  // goes on the line before it
  kDropped,
};

struct DumpLine {
  std::string_view text;   // trimmed, never empty
  std::size_t begin = 0;   // of `text` in the decoded text
  std::size_t indent = 0;  // bytes of blanks before it, beyond those before most lines
  bool strong = false;     // it stood between the stars of Markdown, "**...**", left out of `text`
  bool blank_before = false;
  bool blank_after = false;
  LineRole role = LineRole::kText;
  int level = 0;         // of a heading; 0: to be found from its style
  std::string style;     // of a heading: the mark that made it one, "" for a bare line
  std::size_t skip = 0;  // bytes of marker at the beginning that are no text
  std::size_t trim = 0;  // and at the end
  const char* why = "";  // it was dropped
};

// Non-empty lines. A list marker behind a sentence's end ("...end. - next") begins a line of its
// own.
std::vector<DumpLine> SplitLines(std::string_view text);

std::size_t Characters(std::string_view text);
bool IsLetter(char32_t c);  // of the Latin, Greek, Cyrillic, kana, Hangul and Han scripts

// Bytes of a marker with the blanks behind it; 0 where the line has none, or nothing else.
std::size_t BulletLength(std::string_view line);
std::size_t NumberLength(std::string_view line);   // "1." "(1)" "1)", a circled digit, ...
std::size_t ChapterLength(std::string_view line);  // two digits and a blank: "01 "
// A square, diamond or triangle, a small coloured one of the emoji, or "##", that opens a heading.
std::size_t HeadingMarkLength(std::string_view line);
// The value of NumberLength()'s number; 0 where there is none.
int NumberValue(std::string_view line);
// "2 ", "1.2 ", "1-2. " of a table of contents, and how many numbers that are.
std::size_t OutlineLength(std::string_view line);
std::size_t OutlineDepth(std::string_view line);

// Is the whole line inside one pair of lenticular (or other strong) brackets? Of corner brackets?
bool IsBracketed(std::string_view line);
bool IsQuoted(std::string_view line);

bool EndsSentence(std::string_view line);  // . ! ? of any width, closing quotes behind them too
bool EndsInStop(std::string_view line);    // the same without ! and ?
std::size_t CountStops(std::string_view line);  // wide full stops anywhere in it
bool EndsInQuestion(std::string_view line);
bool EndsOpen(std::string_view line);  // a comma, colon or semicolon: something must follow
bool EndsInColon(std::string_view line);
bool EndsInComma(std::string_view line);
bool IsHashtag(std::string_view line);
bool IsOrnament(std::string_view line);  // no letter and no digit in it
bool HasSentencePunctuation(std::string_view line);
bool IsMostlyWide(std::string_view line);  // Han and kana rather than Latin letters
// The same text twice with nothing between: a link and its title.
bool IsDoubled(std::string_view line);
// An address of the web, a telephone number or a postal code, and little else.
bool IsContact(std::string_view line);
// "Home > Health > Feet": at least two arrows between short words.
bool IsTrail(std::string_view line);

}  // namespace sakuin::ingest

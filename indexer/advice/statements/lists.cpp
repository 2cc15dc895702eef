// Lists: the lines that lead to them, and those of signs.

#include <algorithm>

#include "indexer/advice/statements/surroundings.h"

namespace sakuin::advice {
namespace {

constexpr std::size_t kLongestItem = 70;
constexpr std::size_t kMostItems = 15;

std::vector<Range> LinesOf(std::u32string_view text) {
  std::vector<Range> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != U'\n') continue;
    Range line{begin, at};
    while (line.begin < line.end && text[line.begin] == U' ') ++line.begin;
    while (line.end > line.begin && text[line.end - 1] == U' ') --line.end;
    out.push_back(line);
    begin = at + 1;
  }
  return out;
}

bool EndsWith(std::u32string_view text, const Range& line, char32_t mark) {
  return line.size() > 0 && text[line.end - 1] == mark;
}

// How the items of a list look: with a full stop or without, with a mark in front or without.
struct Shape {
  bool stops = false;
  bool marked = false;
  friend bool operator==(const Shape&, const Shape&) = default;
};

Shape ShapeOf(std::u32string_view text, const Range& line) {
  Shape out;
  out.stops = EndsWith(text, line, 0x3002) || EndsWith(text, line, U'.');
  const char32_t first = line.size() > 0 ? text[line.begin] : 0;
  const char32_t second = line.size() > 1 ? text[line.begin + 1] : 0;
  const bool number = (first >= U'0' && first <= U'9') || (first >= U'a' && first <= U'z');
  const bool numbered = number && (second == U'.' || second == U')' || second == 0x3001);
  const bool sign = first == U'-' || first == U'*' || first == U'(' || first == 0x00B7 ||
                    first == 0x2022 || first == 0x30FB || (first >= 0x2460 && first <= 0x2473) ||
                    (first >= 0x25A0 && first <= 0x25FF) || (first >= 0x2713 && first <= 0x2718);
  out.marked = numbered || sign;
  return out;
}

}  // namespace

std::vector<LeadIn> FindLeadIns(std::u32string_view text) {
  std::vector<LeadIn> out;
  if (text.find(U'\n') == std::u32string_view::npos) return out;
  const std::vector<Range> lines = LinesOf(text);
  for (std::size_t n = 0; n + 1 < lines.size(); ++n) {
    LeadIn one;
    one.has_colon = EndsWith(text, lines[n], U':');
    const Shape own = ShapeOf(text, lines[n]);
    if (lines[n + 1].size() > kLongestItem || (!one.has_colon && !own.stops)) continue;
    one.line = n;
    one.first = n + 1;
    one.last = n;
    const Shape shape = ShapeOf(text, lines[n + 1]);
    if (!one.has_colon && shape == own) continue;
    for (std::size_t k = n + 1; k < lines.size() && k - n <= kMostItems; ++k) {
      const Range& line = lines[k];
      if (line.size() > kLongestItem || EndsWith(text, line, U':')) break;
      if (ShapeOf(text, line) != shape) break;
      one.last = k;
    }
    if (one.last < one.first) continue;
    n = one.last - 1;
    out.push_back(std::move(one));
  }
  return out;
}

bool IsListOfSigns(std::u32string_view text, const std::vector<TimeExpression>& times,
                   const NamedThings& things) {
  const std::vector<Range> lines = LinesOf(text);
  std::size_t items = 0;
  std::size_t naming = 0;
  for (const Range& line : lines) {
    const Shape shape = ShapeOf(text, line);
    if (line.size() > kLongestItem / 2 || (items == 0 && shape.stops)) break;
    if (shape.stops) break;
    ++items;
    const bool names = !Within(things.actions, line).empty() && Within(things.signs, line).empty();
    naming += names ? 1 : 0;
    const bool measured =
        std::any_of(times.begin(), times.end(), [&line](const TimeExpression& one) {
          return !one.dose.empty() && line.begin <= one.begin && one.end <= line.end;
        });
    if (measured) return false;
  }
  return items >= 2 && 2 * naming < items;
}

}  // namespace sakuin::advice

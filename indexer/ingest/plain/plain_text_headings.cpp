#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/ingest/plain/plain_text_structure.h"

// Headings by their marks and numbers, bare ones by where they stand, and the levels of all.

namespace sakuin::ingest {
namespace {

constexpr std::size_t kBracket = 3;  // bytes of one

// The first character, as the name of a mark's style.
std::string FirstCharacter(std::string_view line) {
  std::size_t at = 0;
  utf8::Next(line, at);
  return std::string(line.substr(0, at));
}

std::string MarkStyle(std::string_view line) {
  if (line[0] == '#') return std::string(line.substr(0, line.find(' ')));
  return FirstCharacter(line);
}

void FindMarked(Dump& dump) {
  constexpr std::size_t kLongest = 90;  // characters: a mark is sure
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (!dump.Free(i) || !dump.HasBody(i)) continue;
    const std::string_view line = dump.Text(i);
    const std::size_t mark = HeadingMarkLength(line);
    if (mark > 0 && Characters(line) <= kLongest && !EndsOpen(line)) {
      dump.MakeHeading(i, MarkStyle(line), mark);
    } else if (IsBracketed(line) && dump.IsShort(line)) {
      dump.MakeHeading(i, FirstCharacter(line), kBracket, kBracket);
    } else if (dump.lines[i].strong && dump.IsShort(line) && !EndsOpen(line) && !EndsInStop(line)) {
      dump.MakeHeading(i, "**", NumberLength(line));
    }
  }
}

// How a line is numbered: "1." and "(1)" are different styles. Empty: it is not.
struct Numbering {
  std::string style;
  std::size_t length = 0;  // bytes of the number
  std::size_t skip = 0;    // of it that are no text of a heading: none of "Step 1: "
};

Numbering NumberingOf(const Dump& dump, std::size_t i) {
  const std::string_view line = dump.Text(i);
  if (!dump.Free(i)) return {};
  if (const std::size_t skip = ChapterLength(line); skip > 0) return {"01", skip, skip};
  if (const std::size_t word = dump.rules.Prefix("ordinal", line); word > 0) {
    return {"ordinal" + FirstCharacter(line), word, 0};
  }
  if (OutlineDepth(line) > 1) {
    return {"outline" + std::to_string(OutlineDepth(line)), OutlineLength(line),
            OutlineLength(line)};
  }
  const std::size_t number = NumberLength(line);
  const std::size_t length = number > 0 ? number : dump.rules.Prefix("chapter", line);
  if (length == 0) return {};
  const std::string_view marker = utf8::Trim(line.substr(0, length));
  std::size_t last = marker.size();
  utf8::Previous(marker, last);
  const bool bracket = marker[0] == '(' || marker.starts_with("\xEF\xBC\x88");
  return {(number > 0 ? "number" : "chapter") + std::string(bracket ? "(" : "") +
              (last == 0 ? "o" : std::string(marker.substr(last))),
          length, length};
}

// Does text of its own stand below a numbered line, before the next one? Parts numbered in another
// way may stand in between; a list of sentences is text.
bool HasText(const Dump& dump, std::size_t i, std::size_t end) {
  constexpr std::size_t kShortest = 16;  // characters
  for (std::size_t j = i + 1; j < end; ++j) {
    if (!dump.Kept(j)) continue;
    if (NumberingOf(dump, j).length > 0) {
      if (EndsInStop(dump.Text(j))) return true;
      continue;
    }
    const bool dose = dump.lines[j].indent > dump.lines[i].indent && !EndsSentence(dump.Text(j)) &&
                      !dump.GoesOn(j);
    if (dose || dump.lines[j].role == LineRole::kHeading) return false;
    return EndsSentence(dump.Text(j)) || Characters(dump.Text(j)) >= kShortest ||
           BulletLength(dump.Text(j)) > 0;
  }
  return false;
}

// Numbered lines are headings where text stands below each of a series, and else a list.
void FindNumbered(Dump& dump) {
  std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>> series;  // line, skip
  for (std::size_t i = 0; i < dump.size(); ++i) {
    Numbering numbering = NumberingOf(dump, i);
    if (numbering.length > 0) series[numbering.style].emplace_back(i, numbering.skip);
  }
  std::vector<std::string> heads;
  for (const auto& [style, members] : series) {
    if (members.size() < 2) continue;
    std::size_t headings = 0;
    for (std::size_t k = 0; k < members.size(); ++k) {
      const std::size_t i = members[k].first;
      const std::size_t end = k + 1 < members.size() ? members[k + 1].first : dump.size();
      const std::string_view line = dump.Text(i);
      const bool fits = dump.IsShort(line) && !EndsInStop(line) && !EndsOpen(line);
      headings += fits && HasText(dump, i, end) ? 1 : 0;
    }
    if (headings == members.size()) heads.push_back(style);
  }
  for (const std::string& style : heads) {
    for (const auto& [i, skip] : series[style]) dump.MakeHeading(i, style, skip);
  }
}

// The number that is all of a line: "01", "/ 2 /", "PART 3"; 0 where there is none.
int LoneNumber(const Dump& dump, std::size_t i) {
  const std::string_view line = dump.Text(i);
  if (!dump.Kept(i) || !dump.rules.Is("part", line)) return 0;
  int value = 0;
  int digits = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::Next(line, at);
    const bool digit = (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
    if (digit && ++digits <= 3) value = value * 10 + static_cast<int>((c - '0') % 0xFEE0);
  }
  return digits <= 2 ? value : 0;
}

// Headings whose number stands on a line of its own above: 1, 2, ... of them in order.
void FindBelowNumbers(Dump& dump) {
  struct Found {
    std::size_t number = 0;
    std::size_t heading = 0;
  };
  std::vector<Found> found;
  for (std::size_t i = 0; i + 1 < dump.size(); ++i) {
    if (LoneNumber(dump, i) != static_cast<int>(found.size()) + 1) continue;
    const std::size_t next = dump.NextKept(i + 1);
    if (!dump.Free(next) || !dump.HasBody(next) || !dump.IsShort(dump.Text(next))) continue;
    if (EndsInStop(dump.Text(next)) || EndsOpen(dump.Text(next))) continue;
    found.push_back({i, next});
  }
  constexpr std::size_t kFewest = 2;
  if (found.size() < kFewest) return;
  for (const Found& f : found) {
    dump.Drop(f.number);
    dump.MakeHeading(f.heading, "01", 0);
  }
}

bool IsNoHeading(const Dump& dump, std::size_t i) {
  const DumpLine& line = dump.lines[i];
  return !dump.Free(i) || !dump.IsShort(line.text) || EndsOpen(line.text) ||
         EndsInStop(line.text) || (EndsSentence(line.text) && !EndsInQuestion(line.text)) ||
         BulletLength(line.text) > 0 || line.indent > 1 || IsQuoted(line.text) ||
         IsContact(line.text) || dump.rules.Is("caption", line.text) ||
         NumberLength(line.text) > 0 || line.skip > 0 || dump.GoesOn(i);
}

// A short line of its own between blank lines, that is no sentence and leads in nothing.
bool IsAlone(const Dump& dump, std::size_t i) {
  const DumpLine& line = dump.lines[i];
  if (!line.blank_before || !line.blank_after || IsNoHeading(dump, i)) return false;
  const std::size_t next = dump.NextKept(i + 1);
  // What is dropped at once after it took its text away.
  return next < dump.size() && (next == i + 1 || dump.lines[next].role == LineRole::kHeading ||
                                !dump.lines[next].blank_before || next == i + 2);
}

// The first line of a block, with its text right below.
bool IsAbove(const Dump& dump, std::size_t i) {
  const DumpLine& line = dump.lines[i];
  if (!line.blank_before || line.blank_after || !dump.Free(i + 1) || IsNoHeading(dump, i)) {
    return false;
  }
  const std::string_view next = dump.Text(i + 1);
  return EndsSentence(next) || BulletLength(next) > 0 || !dump.IsShort(next) || EndsOpen(next);
}

void FindAlone(Dump& dump) {
  constexpr std::size_t kMostInARow = 2;
  for (std::size_t i = 0; i < dump.size();) {
    std::size_t end = i;
    while (end < dump.size() && IsAlone(dump, end)) ++end;
    // Three such lines one after the other are a list that lost its marks.
    if (end - i <= kMostInARow && end < dump.size()) {
      for (std::size_t j = i; j < end; ++j) {
        if (Characters(dump.Text(j)) > 1) dump.MakeHeading(j, "", 0);
      }
    }
    i = std::max(end, i + 1);
  }
}

// Where blocks begin with a heading most of them do; or the text below is much longer.
void FindAbove(Dump& dump) {
  constexpr std::size_t kLongest = 30;
  std::vector<std::size_t> found;
  std::size_t known = 0;
  std::size_t blocks = 0;
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (!dump.Kept(i) || !dump.lines[i].blank_before || dump.lines[i].blank_after) continue;
    ++blocks;
    if (IsAbove(dump, i)) found.push_back(i);
    if (dump.lines[i].role == LineRole::kHeading) ++known;
  }
  known += found.size();
  const bool style = known >= 2 && known * 2 >= blocks;
  for (const std::size_t i : found) {
    const bool sure = Characters(dump.Text(i)) <= kLongest && !dump.IsShort(dump.Text(i + 1));
    if (style || sure) dump.MakeHeading(i, "", 0);
  }
}

// Dumps without blank lines: very short lines between sentences.
void FindDense(Dump& dump) {
  constexpr std::size_t kLongest = 14;
  constexpr std::size_t kShortestText = 18;
  std::size_t blank = 0;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (dump.lines[i].role == LineRole::kHeading) return;
    if (dump.lines[i].blank_before) ++blank;
    const std::string_view line = dump.Text(i);
    if (i == 0 || !dump.Free(i + 1) || Characters(line) > kLongest || IsNoHeading(dump, i))
      continue;
    const std::size_t above = dump.PreviousKept(i);
    const bool ended = above == dump.size() || EndsSentence(dump.Text(above)) ||
                       (NumberLength(dump.Text(above)) > 0 && NumberLength(dump.Text(i + 1)) == 0);
    const std::string_view next = dump.Text(i + 1);
    const bool text = (EndsInStop(next) && Characters(next) >= kShortestText) ||
                      NumberLength(next) > 0 || BulletLength(next) > 0;
    if (ended && text && !HasSentencePunctuation(line)) found.push_back(i);
  }
  constexpr std::size_t kFewest = 2;
  if (found.size() < kFewest || blank * 8 > dump.size() + 8) return;
  for (const std::size_t i : found) dump.MakeHeading(i, "", 0);
}

// In a part of questions and answers: quoted lines, and bare questions with an answer below.
void FindAsked(Dump& dump) {
  bool asked = false;
  for (std::size_t i = 0; i < dump.size(); ++i) {
    const std::string_view line = dump.Text(i);
    if (dump.lines[i].role == LineRole::kHeading && dump.lines[i].style != "asked") {
      const bool question = EndsInQuestion(line) || dump.lines[i].style == "question";
      asked = dump.rules.Is("faq", line) || (asked && question);
      continue;
    }
    if (!asked || !dump.Free(i) || !dump.IsShort(line) || !dump.Free(i + 1)) continue;
    const std::string_view next = dump.Text(i + 1);
    const bool quoted = IsQuoted(line) && EndsSentence(line) && !EndsInStop(line);
    const bool answered = EndsInStop(next) && !IsQuoted(next);
    if ((quoted || EndsInQuestion(line)) && answered && BulletLength(line) == 0) {
      dump.MakeHeading(i, "asked", 0);
    }
  }
}

// Levels: of one style one level, in the order in which styles come; bare lines among marked ones
// stand below them, except for a closing part.
class Levels {
 public:
  explicit Levels(Dump& dump) : dump_(dump) {}

  void Run() {
    for (std::size_t i = 0; i < dump_.size(); ++i) {
      if (dump_.lines[i].role == LineRole::kHeading) See(i);
    }
    SortHashes();
    for (std::size_t i = 0; i < dump_.size(); ++i) {
      DumpLine& line = dump_.lines[i];
      if (line.role != LineRole::kHeading || line.level > 0) continue;
      line.level = line.style.empty() ? BareLevel(i) : MarkedLevel(line.style);
    }
  }

 private:
  static constexpr std::size_t kFewestMain = 2;  // bare headings that make a level of their own
  static bool IsAsked(const std::string& style) { return style == "asked" || style == "question"; }

  void See(std::size_t i) {
    const DumpLine& line = dump_.lines[i];
    if (IsAsked(line.style)) {
      if (asked_) return;
      asked_ = true;
      asked_below_ = !order_.empty() || deepest_ > 0 || (any_ && last_ == dump_.PreviousKept(i));
    } else if (line.style == "contents") {
      deepest_ = std::max(deepest_, line.level);
      first_listed_ = std::min(first_listed_, i);
    } else if (line.style.empty()) {
      if (order_.empty()) ++bare_first_;
    } else if (std::find(order_.begin(), order_.end(), line.style) == order_.end()) {
      first_mark_ = std::min(first_mark_, i);
      order_.push_back(line.style);
    }
    any_ = true;
    last_ = i;
  }

  // "##" stands above "###" whichever comes first.
  void SortHashes() {
    std::vector<std::size_t> places;
    std::vector<std::string> hashes;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (order_[i][0] != '#') continue;
      places.push_back(i);
      hashes.push_back(order_[i]);
    }
    std::sort(hashes.begin(), hashes.end());
    for (std::size_t i = 0; i < places.size(); ++i) order_[places[i]] = hashes[i];
  }

  int MarkedLevel(const std::string& style) const {
    constexpr std::size_t kDeepest = 4;
    if (IsAsked(style)) return asked_below_ ? 3 : 2;
    const auto place = std::find(order_.begin(), order_.end(), style) - order_.begin();
    // Below bare headings, or those of a table of contents, marks begin one step lower.
    const std::size_t step = deepest_ > 0 || bare_first_ >= kFewestMain ? 1 : 0;
    return static_cast<int>(std::min(2 + static_cast<std::size_t>(place) + step, kDeepest));
  }

  int BareLevel(std::size_t i) const {
    if (dump_.rules.Is("closing", dump_.Text(i))) return 2;
    if (deepest_ > 2 || i > first_listed_) return 3;  // the table does not name it
    return i > first_mark_ && bare_first_ < kFewestMain ? 3 : 2;
  }

  Dump& dump_;
  std::vector<std::string> order_;  // styles of marked headings, highest first
  std::size_t bare_first_ = 0;      // bare headings before the first marked one
  std::size_t first_mark_ = std::string_view::npos;
  std::size_t first_listed_ = std::string_view::npos;  // in a table of contents
  int deepest_ = 0;                                    // level that such a table gave
  bool asked_ = false;
  bool asked_below_ = false;  // questions stand below another heading
  bool any_ = false;
  std::size_t last_ = 0;  // the heading before
};

}  // namespace

void FindHeadings(Dump& dump) {
  FindBelowNumbers(dump);
  FindMarked(dump);
  FindNumbered(dump);
  FindAlone(dump);
  FindAbove(dump);
  FindDense(dump);
  FindAsked(dump);
  Levels(dump).Run();
}

}  // namespace sakuin::ingest

#include "indexer/ingest/html/styled_headings.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/html/heading_text.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kBracket = 3;        // bytes of one
constexpr std::size_t kLongest = 40;       // characters of a heading
constexpr std::size_t kLongestLatin = 80;  // of one in Latin letters
constexpr std::size_t kFewest = 2;         // headings of one style
constexpr int kDeepest = 6;

// What makes a line look like a heading.
struct Shape {
  std::string style;     // empty: nothing does
  std::size_t skip = 0;  // bytes of mark before its words, and behind them
  std::size_t trim = 0;
  bool fits = false;    // it can be one
  bool listed = false;  // a mark that lists have too: all of a series are headings, or none
};

std::string First(std::string_view text) {
  std::size_t at = 0;
  utf8::Next(text, at);
  return std::string(text.substr(0, at));
}

// "number." and "number(" are different styles, so are bold and plain ones.
std::string NumberStyle(std::string_view marker) {
  marker = utf8::Trim(marker);
  std::size_t last = marker.size();
  const char32_t end = utf8::Previous(marker, last);
  std::string out(marker.substr(0, marker[0] == '(' || marker.starts_with("\xEF\xBC\x88")));
  if (end >= 0x2460 && end <= 0x2473) return "circled";
  return out + (last == 0 ? std::string() : std::string(marker.substr(last)));
}

class Finder {
 public:
  Finder(const PlainTextRules& rules, std::vector<Block>& blocks)
      : rules_(rules), blocks_(blocks), gone_(blocks.size(), nullptr) {
    usual_size_ = UsualSize();
    shapes_.reserve(blocks.size());
    for (const Block& block : blocks) shapes_.push_back(ShapeOf(block));
  }

  void Run(const BlockNote& note) {
    JoinNumbersAlone();
    std::map<std::string, std::vector<std::size_t>> series;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (!shapes_[i].style.empty()) series[shapes_[i].style].push_back(i);
    }
    std::vector<std::pair<std::size_t, std::string>> styles;  // by their first heading
    for (auto& [style, members] : series) {
      Choose(members);
      if (!members.empty()) styles.emplace_back(members.front(), style);
    }
    std::sort(styles.begin(), styles.end());
    AddClosing(styles, series);
    for (std::size_t rank = 0; rank < styles.size(); ++rank) {
      SetLevels(series[styles[rank].second], static_cast<int>(rank));
    }
    for (const auto& [first, style] : styles) {
      for (const std::size_t i : series[style]) Make(i);
    }
    Leave(note);
  }

 private:
  // The size in which most of the text is set; 0 where the page does not say.
  int UsualSize() const {
    std::map<int, std::size_t> bytes;
    for (const Block& block : blocks_) bytes[block.look.font_size] += block.text.size();
    std::size_t most = 0;
    int out = 0;
    for (const auto& [size, count] : bytes) {
      if (count > most) out = size;
      most = std::max(most, count);
    }
    return out;
  }

  bool IsLarger(const Block& block) const {
    constexpr int kDefault = 16;  // of browsers
    const int usual = usual_size_ == 0 ? kDefault : usual_size_;
    return block.look.font_size >= usual + 2;
  }

  static bool IsShort(std::string_view text) {
    return Characters(text) <= (IsMostlyWide(text) ? kLongest : kLongestLatin);
  }

  bool CanHead(const Block& block) const {
    const std::string_view text = block.text;
    const bool said = EndsSentence(text) && !EndsInQuestion(text);
    const bool other = IsQuoted(text) || IsContact(text) || IsHashtag(text) || IsTrail(text) ||
                       IsOrnament(text) || rules_.Is("caption", text) || rules_.Is("author", text);
    return IsShort(text) && CountStops(text) == 0 && !said && !EndsOpen(text) && !other;
  }

  Shape ShapeOf(const Block& block) const {
    Shape out;
    if (block.kind != BlockKind::kParagraph || block.look.boxed || block.look.linked) return out;
    const std::string_view text = block.text;
    out.fits = CanHead(block);
    const std::string set = block.look.bold ? "bold" : (IsLarger(block) ? "large" : "");
    if (const std::size_t asked = rules_.Prefix("question", text); asked > 0) {
      out = {"question", asked, 0, IsShort(text), true};
    } else if (const std::size_t mark = HeadingMarkLength(text); mark > 0) {
      out = {set + First(text), mark, 0, out.fits, false};
    } else if (IsBracketed(text)) {
      out = {First(text), kBracket, kBracket, out.fits, false};
    } else if (const std::size_t number = NumberOf(text); number > 0) {
      out = {set + "number" + NumberStyle(text.substr(0, number)), number, 0, out.fits,
             set.empty()};
    } else if (const std::size_t bullet = BulletLength(text); bullet > 0) {
      out = {set + First(text), bullet, 0, out.fits, true};
    } else if (!set.empty() && out.fits && CountCommas(text) <= 1) {
      out.style = set;
    }
    return out;
  }

  std::size_t NumberOf(std::string_view text) const {
    const std::size_t number = std::max(ChapterLength(text), NumberLength(text));
    return number > 0 ? number : rules_.Prefix("chapter", text);
  }

  static std::size_t CountCommas(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = utf8::Next(text, at);
      if (c == ',' || c == 0xFF0C || c == 0x3001) ++out;
    }
    return out;
  }

  // "01", and on the next line the heading.
  void JoinNumbersAlone() {
    std::size_t alone = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) alone += IsNumberAlone(i) ? 1 : 0;
    if (alone < kFewest) return;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (!IsNumberAlone(i)) continue;
      shapes_[i] = {};
      if (CanHead(blocks_[i + 1])) shapes_[i + 1] = {"alone", 0, 0, true, false};
    }
  }

  bool IsNumberAlone(std::size_t i) const {
    if (i + 1 >= blocks_.size()) return false;
    const Block& block = blocks_[i];
    const Block& next = blocks_[i + 1];
    return block.kind == BlockKind::kParagraph && next.kind == BlockKind::kParagraph &&
           !block.look.boxed && !next.look.boxed && rules_.Is("part", block.text);
  }

  // Does text stand below a line, before the next of its style?
  bool HasText(std::size_t i) const {
    constexpr std::size_t kShortest = 14;  // characters of text that is no sentence
    constexpr std::size_t kMostBetween = 2;
    for (std::size_t j = i + 1; j < blocks_.size() && j <= i + 1 + kMostBetween; ++j) {
      const Block& below = blocks_[j];
      if (below.kind == BlockKind::kHeading) return false;
      const Shape& shape = shapes_[j];
      if (shape.style == shapes_[i].style && !shape.style.empty()) return false;
      if (below.kind == BlockKind::kItem || EndsSentence(below.text) || EndsOpen(below.text)) {
        return true;
      }
      if (shape.fits && !shape.style.empty()) continue;
      if (IsNumberAlone(j)) continue;
      return below.look.boxed || Characters(below.text) >= kShortest;
    }
    return false;
  }

  // Leaves the headings among the lines of one style.
  void Choose(std::vector<std::size_t>& members) const {
    const bool listed = shapes_[members.front()].listed;
    std::vector<std::size_t> heads;
    std::size_t could = 0;
    for (const std::size_t i : members) {
      could += shapes_[i].fits ? 1 : 0;
      if (shapes_[i].fits && HasText(i)) heads.push_back(i);
    }
    const std::size_t all = listed ? members.size() : could;
    const bool most = listed ? heads.size() == all : heads.size() * 2 > all;
    if (heads.size() < kFewest || !most) heads.clear();
    members = std::move(heads);
  }

  // "In summary" is bold like the numbered headings before it, and has no number.
  void AddClosing(const std::vector<std::pair<std::size_t, std::string>>& styles,
                  std::map<std::string, std::vector<std::size_t>>& series) const {
    if (styles.empty()) return;
    std::vector<std::size_t>& highest = series[styles.front().second];
    for (std::size_t i = highest.back() + 1; i < blocks_.size(); ++i) {
      const std::string& style = shapes_[i].style;
      if (style != "bold" && style != "large") continue;
      const auto& own = series[style];
      const bool made = std::find(own.begin(), own.end(), i) != own.end();
      if (made || !rules_.Is("closing", blocks_[i].text) || !HasText(i)) continue;
      highest.push_back(i);
      return;
    }
  }

  // Below the real headings above them; beside them where there are none.
  void SetLevels(const std::vector<std::size_t>& members, int rank) {
    int highest = kDeepest;
    int above = 0;
    int deepest = 0;
    std::size_t below = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const bool real = blocks_[i].kind == BlockKind::kHeading;
      if (real) above = blocks_[i].level;
      if (real) highest = std::min(highest, above);
      if (next == members.size() || members[next] != i) continue;
      ++next;
      below += above > 0 ? 1 : 0;
      deepest = std::max(deepest, above);
    }
    const bool beside = below * 2 <= members.size();
    const int first = deepest == 0 && above == 0 ? 2 : (beside ? highest : deepest + 1);
    for (const std::size_t i : members) levels_[i] = std::min(first + rank, kDeepest);
  }

  // The mark of an answer; below a question also a letter and a blank before Han or kana.
  std::size_t AnswerLength(std::string_view text) const {
    if (const std::size_t mark = rules_.Prefix("answer", text); mark > 0) return mark;
    std::size_t at = 0;
    const char32_t letter = utf8::Next(text, at);
    if ((letter != 'A' && letter != 0xFF21) || at >= text.size()) return 0;
    if (!utf8::IsSpace(utf8::Next(text, at)) || at >= text.size()) return 0;
    std::size_t next = at;
    const char32_t first = utf8::Next(text, next);
    return first >= 0x2E80 && IsLetter(first) ? at : 0;
  }

  void Make(std::size_t i) {
    Block& block = blocks_[i];
    const Shape& shape = shapes_[i];
    block.kind = BlockKind::kHeading;
    block.level = levels_[i];
    if (shape.trim > 0) CutBack(block, shape.trim);
    if (shape.skip > 0) CutFront(block, shape.skip);
    if (i > 0 && shape.style == "alone") gone_[i - 1] = "the number of a heading";
    if (shape.style != "question" || i + 1 == blocks_.size()) return;
    if (const std::size_t mark = AnswerLength(blocks_[i + 1].text); mark > 0) {
      CutFront(blocks_[i + 1], mark);
    }
  }

  void Leave(const BlockNote& note) { LeaveOut(gone_, note, blocks_); }

  const PlainTextRules& rules_;
  std::vector<Block>& blocks_;
  std::vector<const char*> gone_;  // why a block goes
  std::vector<Shape> shapes_;
  std::map<std::size_t, int> levels_;
  int usual_size_ = 0;
};

}  // namespace

void FindStyledHeadings(const PlainTextRules& rules, std::vector<Block>& blocks,
                        const BlockNote& note) {
  Finder(rules, blocks).Run(note);
}

}  // namespace sakuin::ingest

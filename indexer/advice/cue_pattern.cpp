#include "indexer/advice/cue_pattern.h"

#include <algorithm>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"

namespace sakuin::advice {
namespace {

// Gaps stand in the parsed form as one character beyond Unicode's private use.
constexpr char32_t kGap = 0x110000;
constexpr std::size_t kMostForms = 6000;
constexpr std::size_t kWidestGap = 40;

using Forms = std::vector<std::u32string>;

// A recursive descent over the pattern's characters.
class Parser {
 public:
  explicit Parser(std::u32string_view pattern) : pattern_(pattern) {}

  // All words that the pattern stands for; empty after a mistake.
  Forms Parse() {
    Forms out = Choice();
    if (at_ != pattern_.size()) mistake_ = "has a bracket without its other half";
    return out;
  }
  const char* mistake() const { return mistake_; }

 private:
  Forms Choice() {
    Forms out = Sequence();
    while (at_ < pattern_.size() && pattern_[at_] == U'|') {
      ++at_;
      const Forms more = Sequence();
      out.insert(out.end(), more.begin(), more.end());
    }
    return out;
  }

  Forms Sequence() {
    Forms out = {U""};
    while (at_ < pattern_.size() && pattern_[at_] != U'|' && pattern_[at_] != U')') {
      if (pattern_[at_] == U'(') {
        ++at_;
        out = Joined(out, Choice());
        if (at_ >= pattern_.size()) mistake_ = "has a bracket without its other half";
        ++at_;
      } else if (pattern_.substr(at_, 3) == U"...") {
        const char32_t gap = Gap();
        for (std::u32string& form : out) form += gap;
      } else {
        for (std::u32string& form : out) form += pattern_[at_];
        ++at_;
      }
    }
    return out;
  }

  char32_t Gap() {
    at_ += 3;
    std::size_t width = 0;
    while (at_ < pattern_.size() && pattern_[at_] >= U'0' && pattern_[at_] <= U'9') {
      width = std::min<std::size_t>(width * 10 + (pattern_[at_++] - U'0'), 1000);
    }
    if (width == 0 || width > kWidestGap || pattern_.substr(at_, 3) != U"...") {
      mistake_ = "has a gap that is not \"...N...\" with N from 1 to 40";
    }
    at_ = std::min(at_ + 3, pattern_.size());
    return static_cast<char32_t>(kGap + width);
  }

  Forms Joined(const Forms& heads, const Forms& tails) {
    Forms out;
    if (heads.size() * tails.size() > kMostForms) {
      mistake_ = "stands for too many words";
      return heads;
    }
    for (const std::u32string& head : heads) {
      for (const std::u32string& tail : tails) out.push_back(head + tail);
    }
    return out;
  }

  std::u32string_view pattern_;
  std::size_t at_ = 0;
  const char* mistake_ = nullptr;
};

std::u32string FoldWord(std::u32string_view word, const text::Folding& folding) {
  std::string bytes;
  for (const char32_t c : word) utf8::Append(bytes, c);
  return folding.Fold(bytes).chars;
}

bool CutsWord(std::u32string_view text, std::size_t at) {
  return at > 0 && at < text.size() && text::IsSpaced(text[at - 1]) && text::IsSpaced(text[at]);
}

}  // namespace

bool IsHan(std::u32string_view text, std::size_t at) {
  return at < text.size() && text[at] >= 0x4E00 && text[at] <= 0x9FFF;
}

bool IsDigit(std::u32string_view text, std::size_t at) {
  return at < text.size() && text[at] >= U'0' && text[at] <= U'9';
}

bool IsClauseMark(std::u32string_view text, std::size_t at, bool japanese) {
  switch (text[at]) {
    case U'\n':
    case U'!':
    case U'?':
    case U';':
    case 0x3002:  // ideographic full stop
      return true;
    case U',':
    case U':': {
      // not inside a number: "1,000", "14:30"
      const bool digits = at > 0 && at + 1 < text.size() && text[at - 1] >= U'0' &&
                          text[at - 1] <= U'9' && text[at + 1] >= U'0' && text[at + 1] <= U'9';
      return !digits;
    }
    case 0x2014:  // dash
      return true;
    case 0x3001:  // ideographic comma; behind the number of an item it begins one
      return japanese || (IsHan(text, at + 1) && IsDigit(text, at - 1) && IsHan(text, at - 2));
    case U'.':  // the full stop of those who type Chinese with it, too
      return at + 1 == text.size() || text[at + 1] == U' ' || text[at + 1] == U'\n' ||
             (!japanese && IsHan(text, at + 1));
    default: return false;
  }
}

Status PatternSet::Add(std::string_view pattern, std::uint32_t row, const text::Folding& folding,
                       const std::string& where) {
  const std::u32string chars = utf8::Decode(pattern);
  Parser parser(chars);
  const Forms forms = parser.Parse();
  if (parser.mistake() != nullptr) {
    return Fail(ErrorCode::kBadData, std::string("the pattern ") + parser.mistake(), where);
  }
  for (const std::u32string& form : forms) {
    if (const Status done = AddWord(form, row, folding, where); !done) return done;
  }
  return {};
}

Status PatternSet::AddWord(std::u32string_view form, std::uint32_t row,
                           const text::Folding& folding, const std::string& where) {
  Tail tail;
  tail.row = row;
  if (!form.empty() && form.front() == U'^') {
    tail.at_begin = true;
    form.remove_prefix(1);
  }
  if (!form.empty() && form.back() == U'$') {
    tail.at_end = true;
    form.remove_suffix(1);
  }
  std::size_t gap = 0;
  std::vector<Part> parts;
  while (true) {
    const auto is_gap = [](char32_t c) { return c > kGap; };
    const auto end = std::find_if(form.begin(), form.end(), is_gap);
    const std::u32string_view word = form.substr(0, static_cast<std::size_t>(end - form.begin()));
    // The empty choice behind a gap: what stands before the gap is enough.
    if (word.empty() && end == form.end() && !parts.empty()) break;
    parts.push_back({gap, FoldWord(word, folding)});
    if (parts.back().word.empty()) {
      return Fail(ErrorCode::kBadData, "the pattern is empty, or has a gap with nothing beside it",
                  where);
    }
    if (end == form.end()) break;
    gap = *end - kGap;
    form.remove_prefix(word.size() + 1);
  }
  const auto number = static_cast<std::uint32_t>(heads_.size());
  const std::uint32_t at = words_.Add(parts.front().word, number);
  if (at == number) heads_.emplace_back();
  std::uint32_t& first = parts.size() == 1 ? heads_[at].whole : PlaceOf(heads_[at], parts[1]);
  tail.next = std::exchange(first, static_cast<std::uint32_t>(tails_.size()));
  if (parts.size() > 2) {
    tail.rest = static_cast<std::uint32_t>(rests_.size());
    rests_.emplace_back(parts.begin() + 2, parts.end());
  }
  tails_.push_back(tail);
  return {};
}

// The tails of the word behind that gap, which are none where it is new.
std::uint32_t& PatternSet::PlaceOf(Head& head, const Part& part) {
  auto group = std::find_if(head.groups.begin(), head.groups.end(),
                            [&part](const Group& one) { return one.gap == part.gap; });
  if (group == head.groups.end()) {
    group = head.groups.insert(group, Group());
    group->gap = part.gap;
  }
  const std::pair<char32_t, std::uint32_t> wanted(part.word[0], 0);
  auto begin = std::lower_bound(group->by_first.begin(), group->by_first.end(), wanted);
  if (begin == group->by_first.end() || begin->first != part.word[0]) {
    begin = group->by_first.insert(begin, {part.word[0], kNone});
  }
  for (std::uint32_t place = begin->second; place != kNone; place = places_[place].next) {
    if (WordAt(places_[place]) == part.word) return places_[place].tail;
  }
  const Place place{static_cast<std::uint32_t>(letters_.size()),
                    static_cast<std::uint32_t>(part.word.size()), kNone,
                    std::exchange(begin->second, static_cast<std::uint32_t>(places_.size()))};
  letters_ += part.word;
  places_.push_back(place);
  return places_.back().tail;
}

bool PatternSet::BeginsClause(std::u32string_view text, std::size_t at) const {
  while (at > 0 && text[at - 1] == U' ') --at;
  if (at == 0 || IsClauseMark(text, at - 1, japanese_)) return true;
  const char32_t c = text[at - 1];
  return text::ClassOf(c) == text::CharClass::kSeparator && c != U'-';
}

bool PatternSet::EndsClause(std::u32string_view text, std::size_t at) const {
  while (at < text.size() && text[at] == U' ') ++at;
  if (at == text.size() || IsClauseMark(text, at, japanese_)) return true;
  const char32_t c = text[at];
  return c == U')' || c == 0x300D || c == 0x201D;
}

// The parts behind the first gap's, each as near as it stands.
bool PatternSet::Follow(std::u32string_view text, const Tail& tail, PatternHit& hit) const {
  static const std::vector<Part> kNoParts;
  for (const Part& part : tail.rest == kNone ? kNoParts : rests_[tail.rest]) {
    std::size_t at = hit.end;
    const std::size_t last = std::min(text.size(), hit.end + part.gap);
    while (text.substr(at, part.word.size()) != part.word || CutsWord(text, at)) {
      if (at >= last || IsClauseMark(text, at, japanese_)) return false;
      ++at;
    }
    hit.end = at + part.word.size();
  }
  if (CutsWord(text, hit.end)) return false;
  return !tail.at_end || EndsClause(text, hit.end);
}

void PatternSet::Offer(std::u32string_view text, std::uint32_t tails, const PatternHit& at,
                       std::size_t first, std::vector<PatternHit>& out) const {
  for (std::uint32_t number = tails; number != kNone; number = tails_[number].next) {
    const Tail& tail = tails_[number];
    PatternHit hit = at;
    hit.row = tail.row;
    if (tail.at_begin && !BeginsClause(text, hit.begin)) continue;
    if (!Follow(text, tail, hit)) continue;
    const auto same = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                                   [&hit](const PatternHit& one) { return one.row == hit.row; });
    if (same == out.end()) {
      out.push_back(hit);
    } else if (same->end < hit.end) {
      *same = hit;
    }
  }
}

// Each word behind the gap where it stands nearest.
void PatternSet::Find(std::u32string_view text, const Group& group, const PatternHit& head,
                      std::size_t first, std::vector<PatternHit>& out) const {
  std::vector<std::uint32_t> seen;
  const std::size_t last = std::min(text.size(), head.end + group.gap);
  for (std::size_t at = head.end; at <= last && at < text.size(); ++at) {
    const std::pair<char32_t, std::uint32_t> wanted(text[at], 0);
    const auto places = std::lower_bound(group.by_first.begin(), group.by_first.end(), wanted);
    if (places != group.by_first.end() && places->first == text[at] && !CutsWord(text, at)) {
      for (std::uint32_t place = places->second; place != kNone; place = places_[place].next) {
        const std::u32string_view word = WordAt(places_[place]);
        if (text.substr(at, word.size()) != word) continue;
        if (std::find(seen.begin(), seen.end(), place) != seen.end()) continue;
        seen.push_back(place);
        const PatternHit hit{head.begin, at + word.size(), head.end, at, 0};
        Offer(text, places_[place].tail, hit, first, out);
      }
    }
    if (IsClauseMark(text, at, japanese_)) return;
  }
}

void PatternSet::At(std::u32string_view text, std::size_t begin,
                    std::vector<PatternHit>& out) const {
  if (!words_.MayBegin(text[begin]) || CutsWord(text, begin)) return;
  const std::size_t first = out.size();
  words_.At(text, begin, [&](std::size_t end, std::uint32_t value) {
    const Head& head = heads_[value];
    const PatternHit hit{begin, end, end, end, 0};
    Offer(text, head.whole, hit, first, out);
    for (const Group& group : head.groups) Find(text, group, hit, first, out);
  });
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const PatternHit& a, const PatternHit& b) { return a.row < b.row; });
}

}  // namespace sakuin::advice

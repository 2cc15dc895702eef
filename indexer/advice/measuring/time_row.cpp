#include "indexer/advice/measuring/time_row.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "indexer/advice/cells.h"
#include "indexer/base/characters.h"

namespace sakuin::advice {
namespace {

constexpr std::size_t kWidestGap = 6;

bool IsMark(char32_t c) {
  return c <= U'/' || (c >= U':' && c <= U'@') || (c >= 0x3000 && c <= 0x303F);
}

std::u32string Trimmed(std::u32string word) {
  while (!word.empty() && word.back() == U' ') word.pop_back();
  word.erase(0, std::min(word.find_first_not_of(U' '), word.size()));
  return word;
}

bool SetUnits(std::string_view name, TimeElement& out) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSets = {
      {{"time", "smhdwM"},
       {"sec", "s"},
       {"min", "m"},
       {"clock", "mh"},
       {"short", "smh"},
       {"long", "hdwM"},
       {"days", "dwM"},
       {"weeks", "wM"}}};
  constexpr std::string_view kLetters = "smhdwM";
  const auto set = std::find_if(kSets.begin(), kSets.end(),
                                [&name](const auto& one) { return one.first == name; });
  if (set == kSets.end()) return false;
  for (const char c : set->second) out.units.at(kLetters.find(c)) = true;
  return true;
}

bool AddPlace(std::string_view name, TimeRow& out) {
  TimeElement element;
  if (name == "n") {
    element.kind = TimeElement::Kind::kCount;
  } else if (name == "gap") {
    element.kind = TimeElement::Kind::kGap;
    element.optional = true;
  } else if (name == "event" || name == "event?") {
    element.kind = TimeElement::Kind::kEvent;
    element.optional = name == "event?";
  } else {
    element.kind = TimeElement::Kind::kTime;
    if (!SetUnits(name, element)) return false;
  }
  out.elements.push_back(std::move(element));
  return true;
}

void AddWords(const std::string& choices, const text::Folding& folding, TimeRow& out) {
  TimeElement element;
  for (const std::string& word : Split(choices, '|')) {
    element.words.push_back(Trimmed(folding.Fold(word).chars));
  }
  std::stable_sort(element.words.begin(), element.words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (element.words.size() == 1 && element.words[0].empty()) return;
  out.elements.push_back(std::move(element));
}

bool ReadPattern(const std::string& cell, const text::Folding& folding, TimeRow& out) {
  for (std::size_t at = 0; at < cell.size();) {
    if (cell[at] != '(' && cell[at] != '{') {
      const std::size_t end = std::min(cell.find_first_of("({", at), cell.size());
      AddWords(cell.substr(at, end - at), folding, out);
      at = end;
      continue;
    }
    const std::size_t end = cell.find(cell[at] == '(' ? ')' : '}', at);
    if (end == std::string::npos) return false;
    const std::string inner = cell.substr(at + 1, end - at - 1);
    if (cell[at] == '(') {
      AddWords(inner, folding, out);
    } else if (!AddPlace(inner, out)) {
      return false;
    }
    at = end + 1;
  }
  return !out.elements.empty();
}

template <typename Names>
std::optional<std::size_t> PlaceOf(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

bool SetTarget(std::string_view name, TimeValue& out) {
  if (name == "from") {
    out.target = TimeValue::Target::kFrom;
  } else if (name == "to") {
    out.target = TimeValue::Target::kTo;
  } else if (name == "duration") {
    out.is_duration = true;
  } else if (const auto part = PlaceOf(model::kDoseParts, name)) {
    out.part = static_cast<model::DosePart>(*part);
  } else {
    return false;
  }
  return true;
}

// "sets=$2", "duration<$1", "from=day$1", "from=week$1", "from=-$1", "to=24", "phase=acute".
bool ReadValue(std::string_view cell, TimeValue& out) {
  const std::size_t mark = cell.find_first_of("=<>");
  if (mark == std::string_view::npos) return false;
  std::string_view rest = cell.substr(mark + 1);
  out.bound = cell[mark];
  if (cell.substr(0, mark) == "phase") {
    const auto phase = PlaceOf(model::kPhases, rest);
    if (!phase) return false;
    out.target = TimeValue::Target::kPhase;
    out.phase = static_cast<model::Phase>(*phase);
    return true;
  }
  if (!SetTarget(cell.substr(0, mark), out)) return false;
  for (const auto& [word, unit] :
       {std::pair<std::string_view, TimeUnit>{"day", TimeUnit::kDay}, {"week", TimeUnit::kWeek}}) {
    if (rest.substr(0, word.size()) != word) continue;
    out.ordinal = unit;
    rest.remove_prefix(word.size());
  }
  out.negative = !rest.empty() && rest[0] == '-';
  if (out.negative) rest.remove_prefix(1);
  const bool captured = !rest.empty() && rest[0] == '$';
  if (captured) rest.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || end != rest.data() + rest.size()) return false;
  if (captured) out.number = static_cast<std::size_t>(number);
  if (!captured) out.constant = number;
  return true;
}

std::size_t Captures(const TimeRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.elements.begin(), row.elements.end(), [](const TimeElement& one) {
        return one.kind == TimeElement::Kind::kCount || one.kind == TimeElement::Kind::kTime;
      }));
}

bool AnyStands(const std::vector<std::u32string>& words, std::u32string_view text, std::size_t at) {
  return std::any_of(words.begin(), words.end(), [&](const std::u32string& word) {
    return text.substr(at, word.size()) == word;
  });
}

bool AnyEnds(const std::vector<std::u32string>& words, std::u32string_view text, std::size_t end) {
  return std::any_of(words.begin(), words.end(), [&](const std::u32string& word) {
    return word.size() <= end && text.substr(end - word.size(), word.size()) == word;
  });
}

// Tries the elements in turn, the longest choice first, and goes back where one fails.
class Walk {
 public:
  Walk(const TimeRow& row, NumberReader& numbers, const EventWords& events, std::size_t start)
      : row_(row), numbers_(numbers), events_(events), text_(numbers.text()), start_(start) {}

  bool From(std::size_t element, std::size_t at, TimeMatch& match) {
    if (element == row_.elements.size()) {
      match.end = at;
      const bool blank = at < text_.size() && text_[at] == U' ';
      return !AnyStands(row_.not_after, text_, blank ? at + 1 : at);
    }
    const TimeElement& one = row_.elements[element];
    const bool blank = element > 0 && at < text_.size() && text_[at] == U' ';
    const std::size_t begin = blank ? at + 1 : at;
    if (one.kind == TimeElement::Kind::kWords) return Words(one, element, at, begin, match);
    if (one.kind == TimeElement::Kind::kEvent) return Event(one, element, at, begin, match);
    if (one.kind == TimeElement::Kind::kGap) return Gap(element, at, match);
    return Number(one, element, begin, match);
  }

 private:
  // A few characters that are no mark and no number, as few as do.
  bool Gap(std::size_t element, std::size_t at, TimeMatch& match) {
    for (std::size_t end = at; end <= at + kWidestGap; ++end) {
      if (From(element + 1, end, match)) return true;
      if (end >= text_.size() || IsMark(text_[end]) || numbers_.numerals().MayBegin(text_[end]))
        return false;
    }
    return false;
  }

  // A word of letters begins and ends where no other letter is.
  bool Stands(const std::u32string& word, std::size_t at) const {
    if (text_.substr(at, word.size()) != word) return false;
    const std::size_t end = at + word.size();
    if (at > 0 && IsAsciiLetter(word.front()) && IsAsciiLetter(text_[at - 1])) return false;
    return end == text_.size() || !IsAsciiLetter(word.back()) || !IsAsciiLetter(text_[end]);
  }

  bool Words(const TimeElement& one, std::size_t element, std::size_t at, std::size_t begin,
             TimeMatch& match) {
    for (const std::u32string& word : one.words) {
      if (word.empty()) return From(element + 1, at, match);
      if (begin < text_.size() && Stands(word, begin) &&
          From(element + 1, begin + word.size(), match)) {
        return true;
      }
    }
    return false;
  }

  bool Event(const TimeElement& one, std::size_t element, std::size_t at, std::size_t begin,
             TimeMatch& match) {
    const auto there = begin < text_.size() ? events_.find(text_[begin]) : events_.end();
    static const std::vector<EventWord> kNone;
    for (const EventWord& event : there == events_.end() ? kNone : there->second) {
      if (!Stands(event.text, begin)) continue;
      match.anchor = event.anchor;
      std::size_t end = begin + event.text.size();
      if (end < text_.size() && text_[end] == U',') ++end;
      if (From(element + 1, end, match)) return true;
    }
    match.anchor.reset();
    return one.optional && From(element + 1, at, match);
  }

  bool Number(const TimeElement& one, std::size_t element, std::size_t begin, TimeMatch& match) {
    const bool is_time = one.kind == TimeElement::Kind::kTime;
    if (begin == start_ && !numbers_.IsFree(begin)) return false;
    const std::optional<Quantity> found = numbers_.At(begin, is_time);
    if (!found || (is_time && !one.units.at(static_cast<std::size_t>(*found->unit)))) return false;
    match.numbers.push_back(*found);
    if (From(element + 1, found->end, match)) return true;
    match.numbers.pop_back();
    return false;
  }

  const TimeRow& row_;
  NumberReader& numbers_;
  const EventWords& events_;
  std::u32string_view text_;
  std::size_t start_;
};

}  // namespace

Result<TimeRow> ReadTimeRow(const TsvRow& row, const text::Folding& folding) {
  const auto bad = [&row](const std::string& what) {
    return Fail(ErrorCode::kBadData, what, row.where);
  };
  TimeRow out;
  out.id = row.fields[0];
  out.kind = row.fields[1];
  constexpr std::array<std::string_view, 7> kKinds = {"window", "dose",  "phase", "seek",
                                                      "event",  "cover", "then"};
  if (!PlaceOf(kKinds, out.kind)) return bad("'" + out.kind + "' is no kind of time");
  if (!ReadPattern(row.fields[2], folding, out)) {
    return bad("'" + row.fields[2] + "' is no pattern");
  }
  for (const std::string& cell : Split(row.fields[3], ' ')) {
    if (cell == "-") continue;
    if (cell == "approx" || cell == "spans") {
      (cell == "spans" ? out.spans : out.approximate) = true;
      continue;
    }
    if (cell == "course") {
      out.spans = out.course = true;
      continue;
    }
    TimeValue value;
    if (!ReadValue(cell, value) || value.number > Captures(out)) {
      return bad("'" + cell + "' is no value");
    }
    out.values.push_back(value);
  }
  if (row.fields[4] != "-") {
    const auto anchor = PlaceOf(model::kAnchors, row.fields[4]);
    if (!anchor) return bad("'" + row.fields[4] + "' is no anchor");
    out.anchor = static_cast<model::Anchor>(*anchor);
  }
  out.not_before = FoldedWords(row.fields[5], folding);
  out.not_after = FoldedWords(row.fields[6], folding);
  return out;
}

const std::optional<Quantity>& NumberReader::At(std::size_t at, bool is_time) {
  Read& last = last_[is_time ? 1 : 0];
  if (last.at != at) {
    last.at = at;
    last.found = is_time ? numerals_.Time(text_, at) : numerals_.Count(text_, at);
  }
  return last.found;
}

bool NumberReader::IsFree(std::size_t at) {
  if (free_at_ != at) {
    free_at_ = at;
    free_ = at < text_.size() && numerals_.IsFree(text_, at);
  }
  return free_;
}

std::optional<TimeMatch> MatchRow(const TimeRow& row, NumberReader& numbers,
                                  const EventWords& events, std::size_t at) {
  if (AnyEnds(row.not_before, numbers.text(), at)) return std::nullopt;
  TimeMatch match;
  if (!Walk(row, numbers, events, at).From(0, at, match)) return std::nullopt;
  return match;
}

}  // namespace sakuin::advice

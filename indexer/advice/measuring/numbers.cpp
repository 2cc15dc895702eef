#include "indexer/advice/measuring/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"

namespace sakuin::advice {
namespace {

constexpr std::array<std::string_view, 12> kKinds = {"digit",  "tens",  "article", "some",
                                                     "odd",    "range", "near",    "unit",
                                                     "middle", "tail",  "whole",   "ordinal"};
constexpr std::array<std::string_view, 6> kUnits = {"second", "minute", "hour",
                                                    "day",    "week",   "month"};

// A word of letters ends where no letter follows.
bool EndsWell(std::u32string_view text, std::size_t end) {
  return end >= text.size() || !IsAsciiLetter(text[end - 1]) || !IsAsciiLetter(text[end]);
}

std::size_t SkipBlank(std::u32string_view text, std::size_t at) {
  return at < text.size() && text[at] == U' ' ? at + 1 : at;
}

std::optional<double> Number(const std::string& cell) {
  double out = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return out;
}

}  // namespace

double HoursOf(TimeUnit unit) {
  constexpr std::array<double, 6> kHours = {1.0 / 3600, 1.0 / 60, 1, 24, 168, 720};
  return kHours[static_cast<std::size_t>(unit)];
}

Status Numerals::AddRow(const std::vector<std::string>& fields, const std::string& where,
                        const text::Folding& folding) {
  const auto kind = std::find(kKinds.begin(), kKinds.end(), fields[0]);
  if (kind == kKinds.end()) {
    return Fail(ErrorCode::kBadData, "'" + fields[0] + "' is no kind of numeral", where);
  }
  Word word;
  word.kind = static_cast<Kind>(kind - kKinds.begin());
  word.text = folding.Fold(fields[1]).chars;
  if (word.text.empty()) return Fail(ErrorCode::kBadData, "has no word", where);
  std::size_t next = 2;
  for (double* const value : {&word.low, &word.high}) {
    const std::optional<double> number = Number(fields[next++]);
    if (!number) return Fail(ErrorCode::kBadData, "'" + fields[next - 1] + "' is no number", where);
    *value = *number;
  }
  const auto unit = std::find(kUnits.begin(), kUnits.end(), fields[4]);
  if (unit != kUnits.end()) {
    word.unit = static_cast<TimeUnit>(unit - kUnits.begin());
  } else if (fields[4] != "-" || word.kind == Kind::kUnit || word.kind == Kind::kWhole) {
    return Fail(ErrorCode::kBadData, "'" + fields[4] + "' is no unit of time", where);
  }
  const bool begins = word.kind == Kind::kDigit || word.kind == Kind::kTens ||
                      word.kind == Kind::kArticle || word.kind == Kind::kSome ||
                      word.kind == Kind::kWhole;
  if (begins && firsts_.find(word.text[0]) == std::u32string::npos) firsts_ += word.text[0];
  const bool goes_before = word.kind == Kind::kOrdinal || word.kind == Kind::kSome ||
                           word.kind == Kind::kDigit || word.kind == Kind::kTens;
  if (goes_before) by_last_[word.text.back()].push_back(word);
  by_first_.at(static_cast<std::size_t>(word.kind))[word.text[0]].push_back(std::move(word));
  return {};
}

Result<Numerals> Numerals::Load(const std::string& path, const text::Folding& folding) {
  const auto rows = ReadTsv(path, 5, 5);
  if (!rows) return Pass(rows);
  Numerals out;
  for (const TsvRow& row : *rows) {
    if (const Status done = out.AddRow(row.fields, row.where, folding); !done) return Pass(done);
  }
  return out;
}

bool Numerals::MayBegin(char32_t c) const {
  return IsAsciiDigit(c) || firsts_.find(c) != std::u32string::npos;
}

const Numerals::Word* Numerals::Longest(std::u32string_view text, std::size_t at, Kind kind) const {
  if (at >= text.size()) return nullptr;
  const WordsBy& words = by_first_[static_cast<std::size_t>(kind)];
  const auto there = words.find(text[at]);
  if (there == words.end()) return nullptr;
  const Word* best = nullptr;
  for (const Word& word : there->second) {
    if (best != nullptr && word.text.size() <= best->text.size()) continue;
    if (text.substr(at, word.text.size()) != word.text) continue;
    if (EndsWell(text, at + word.text.size())) best = &word;
  }
  return best;
}

bool Numerals::IsFree(std::u32string_view text, std::size_t at) const {
  if (at == 0) return true;
  const char32_t last = text[at - 1];
  if (IsAsciiDigit(text[at]) && IsAsciiDigit(last)) return false;
  // "14:30", "3.5", "1/2"
  const bool joins = last == U'.' || last == U'/' || last == U':';
  if (joins && at > 1 && IsAsciiDigit(text[at]) && IsAsciiDigit(text[at - 2])) return false;
  if (IsAsciiLetter(text[at]) && IsAsciiLetter(last)) return false;
  const auto there = by_last_.find(last);
  if (there == by_last_.end()) return true;
  for (const Word& word : there->second) {
    const std::size_t size = word.text.size();
    const bool is_numeral = word.kind == Kind::kDigit || word.kind == Kind::kTens;
    if (is_numeral && (IsAsciiLetter(last) || IsAsciiDigit(text[at]))) continue;
    if (size <= at && text.substr(at - size, size) == word.text) return false;
  }
  return true;
}

std::optional<Numerals::Part> Numerals::Digits(std::u32string_view text, std::size_t at) const {
  Part part;
  std::size_t i = at;
  for (; i < text.size() && i < at + 6 && IsAsciiDigit(text[i]); ++i) {
    part.low = part.low * 10 + (text[i] - U'0');
  }
  if (i == at || (i < text.size() && IsAsciiDigit(text[i]))) return std::nullopt;
  if (i + 1 < text.size() && text[i] == U'.' && IsAsciiDigit(text[i + 1])) {
    double place = 0.1;
    for (++i; i < text.size() && IsAsciiDigit(text[i]); ++i, place /= 10) {
      part.low += place * (text[i] - U'0');
    }
  }
  part.high = part.low;
  part.end = i;
  return part;
}

// Digit, ten, digit: 48 is "four ten eight" in Han, "forty eight" in English.
std::optional<Numerals::Part> Numerals::Words(std::u32string_view text, std::size_t at) const {
  Part part;
  part.end = at;
  double total = 0;
  double open = 0;
  bool is_open = false;
  int words = 0;
  for (;; ++words) {
    std::size_t next = part.end;
    if (words > 0 && IsAsciiLetter(text[at]) && next < text.size() &&
        (text[next] == U'-' || text[next] == U' ')) {
      ++next;
    }
    const Word* const tens = Longest(text, next, Kind::kTens);
    const Word* const digit = Longest(text, next, Kind::kDigit);
    if (tens != nullptr) {
      // "twenty" stands for itself, a Han ten multiplies what stands before it.
      total += tens->high != tens->low ? (is_open ? open : 1) * tens->low : tens->low;
      open = 0;
      is_open = false;
      part.end = next + tens->text.size();
    } else if (digit != nullptr && !is_open) {
      open = digit->low;
      is_open = true;
      part.end = next + digit->text.size();
    } else {
      break;
    }
  }
  if (words == 0) return std::nullopt;
  part.one_word = words == 1 && is_open;
  part.low = part.high = total + open;
  return part;
}

std::optional<Numerals::Part> Numerals::One(std::u32string_view text, std::size_t at) const {
  if (const Word* const some = Longest(text, at, Kind::kSome)) {
    return Part{some->low, some->high, true, false, at + some->text.size()};
  }
  std::optional<Part> part = Digits(text, at);
  if (!part) part = Words(text, at);
  if (!part) return part;
  if (const Word* const odd = Longest(text, part->end, Kind::kOdd);
      odd != nullptr && part->low >= 10) {
    const double step = part->low >= 100 ? 10 : 1;
    part->high = part->low + odd->high * step;
    part->low += odd->low * step;
    part->approximate = true;
    part->end += odd->text.size();
  }
  return part;
}

std::optional<Numerals::Part> Numerals::Range(std::u32string_view text, std::size_t at) const {
  const std::optional<Part> low = One(text, at);
  if (!low) return low;
  const std::size_t gap = SkipBlank(text, low->end);
  const Word* mark = Longest(text, gap, Kind::kRange);
  const Word* const near = Longest(text, gap, Kind::kNear);
  std::size_t next = low->end;
  if (mark != nullptr) next = SkipBlank(text, gap + mark->text.size());
  if (near != nullptr) next = SkipBlank(text, gap + near->text.size());
  if (mark == nullptr && near == nullptr && !(low->one_word && !IsAsciiLetter(text[at])))
    return low;
  const std::optional<Part> high = One(text, next);
  if (!high || high->low <= low->low) return low;
  // "Two three days", and as said in Chinese, "three five days".
  const double step = high->low - low->low;
  if (mark == nullptr && step != 1 && (near != nullptr || step != 2)) return low;
  return Part{low->low, high->high, low->approximate || high->approximate, false, high->end};
}

std::optional<Quantity> Numerals::Count(std::u32string_view text, std::size_t at) const {
  if (at >= text.size() || !MayBegin(text[at])) return std::nullopt;
  const std::optional<Part> part = Range(text, at);
  if (!part) return std::nullopt;
  return Quantity{part->low, part->high, std::nullopt, part->approximate, part->end};
}

std::optional<Quantity> Numerals::Whole(std::u32string_view text, std::size_t at) const {
  if (const Word* const whole = Longest(text, at, Kind::kWhole)) {
    return Quantity{whole->low, whole->high, whole->unit, whole->low != whole->high,
                    at + whole->text.size()};
  }
  const Word* const article = Longest(text, at, Kind::kArticle);
  if (article == nullptr) return std::nullopt;
  return Unit(text, Part{article->low, article->high, false, false, at + article->text.size()});
}

std::optional<Quantity> Numerals::Unit(std::u32string_view text, Part part) const {
  std::size_t at = SkipBlank(text, part.end);
  if (at < text.size() && text[at] == U'-') ++at;
  if (const Word* const middle = Longest(text, at, Kind::kMiddle)) {
    part.low += middle->low;
    part.high += middle->low;
    at = SkipBlank(text, at + middle->text.size());
  }
  const Word* const unit = Longest(text, at, Kind::kUnit);
  if (unit == nullptr) return std::nullopt;
  at += unit->text.size();
  if (const Word* const tail = Longest(text, at, Kind::kTail)) {
    part.low += part.low == part.high ? tail->low : 0;
    part.high += tail->low;
    at += tail->text.size();
  }
  return Quantity{part.low, part.high, unit->unit, part.approximate, at};
}

// "30 seconds to 1 minute": each end has its own unit.
std::optional<Quantity> Numerals::MixedRange(std::u32string_view text, std::size_t at) const {
  std::optional<Quantity> low = Whole(text, at);
  if (!low) {
    if (const std::optional<Part> part = Range(text, at)) low = Unit(text, *part);
  }
  if (!low) {
    // "One and a half to two hours": the first end has no unit, only its half.
    const std::optional<Part> part = One(text, at);
    const Word* const middle =
        part ? Longest(text, SkipBlank(text, part->end), Kind::kMiddle) : nullptr;
    if (middle == nullptr) return std::nullopt;
    const std::size_t gap = SkipBlank(text, part->end) + middle->text.size();
    const Word* const mark = Longest(text, SkipBlank(text, gap), Kind::kRange);
    if (mark == nullptr) return std::nullopt;
    const std::size_t next = SkipBlank(text, SkipBlank(text, gap) + mark->text.size());
    const std::optional<Part> end = One(text, next);
    std::optional<Quantity> out = end ? Unit(text, *end) : std::nullopt;
    if (out) out->low = part->low + middle->low;
    return out;
  }
  const std::size_t gap = SkipBlank(text, low->end);
  const Word* const mark = Longest(text, gap, Kind::kRange);
  if (mark == nullptr || low->low != low->high) return low;
  const std::size_t next = SkipBlank(text, gap + mark->text.size());
  std::optional<Quantity> high = Whole(text, next);
  if (!high) {
    const std::optional<Part> part = One(text, next);
    if (part) high = Unit(text, *part);
  }
  if (!high || high->HighHours() <= low->LowHours()) return low;
  high->low = low->LowHours() / HoursOf(*high->unit);
  return high;
}

std::optional<Quantity> Numerals::Time(std::u32string_view text, std::size_t at) const {
  if (at >= text.size() || !MayBegin(text[at])) return std::nullopt;
  return MixedRange(text, at);
}

}  // namespace sakuin::advice

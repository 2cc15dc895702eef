#pragma once

// One row of advice_times.tsv: words and numbers in order, and what they mean.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/advice/measuring/numbers.h"
#include "indexer/base/data_dir.h"
#include "indexer/model/advice.h"

namespace sakuin::advice {

// What may stand at one place of the pattern.
struct TimeElement {
  enum class Kind : std::uint8_t { kWords, kCount, kTime, kEvent, kGap };
  Kind kind = Kind::kWords;
  std::vector<std::u32string>
      words;                       // of kWords: the longest first; an empty one means "or nothing"
  std::array<bool, 6> units = {};  // of kTime: which units count
  bool optional = false;           // of kEvent
};

struct EventWord {
  std::u32string text;
  model::Anchor anchor = model::Anchor::kInjury;
};

// `number` is a place among the captured quantities, from 1; 0: `constant` counts.
struct TimeValue {
  enum class Target : std::uint8_t { kFrom, kTo, kDose, kPhase };
  Target target = Target::kDose;
  model::DosePart part = model::DosePart::kSets;
  bool is_duration = false;  // in seconds or minutes, as the unit is
  std::size_t number = 0;
  double constant = 0;
  char bound = '=';                 // '<': at most, '>': at least
  std::optional<TimeUnit> ordinal;  // "day 3" begins after two days
  bool negative = false;
  model::Phase phase = model::Phase::kUnstated;
};

struct TimeRow {
  std::string id;
  std::string kind;  // window, dose, phase, seek, event, cover, then
  std::vector<TimeElement> elements;
  std::vector<TimeValue> values;
  model::Anchor anchor = model::Anchor::kInjury;
  bool approximate = false;
  bool spans = false;   // a bare length of time
  bool course = false;  // the same; but what is shorter than half a day is no more than an amount
  std::vector<std::u32string> not_before;
  std::vector<std::u32string> not_after;
};

struct TimeMatch {
  std::size_t end = 0;
  std::vector<Quantity> numbers;
  std::optional<model::Anchor> anchor;
};

// kBadData with file:line for what is no pattern, value or anchor.
Result<TimeRow> ReadTimeRow(const TsvRow& row, const text::Folding& folding);

// By their first characters, the longest first.
using EventWords = std::unordered_map<char32_t, std::vector<EventWord>>;

// The numbers of one text. Many rows ask for the number at one place: it is read once.
class NumberReader {
 public:
  // Both must outlive it.
  NumberReader(const Numerals& numerals, std::u32string_view text)
      : numerals_(numerals), text_(text) {}

  // A count, or with `is_time` a length of time.
  const std::optional<Quantity>& At(std::size_t at, bool is_time);
  bool IsFree(std::size_t at);
  const Numerals& numerals() const { return numerals_; }
  std::u32string_view text() const { return text_; }

 private:
  struct Read {
    std::size_t at = static_cast<std::size_t>(-1);
    std::optional<Quantity> found;
  };
  const Numerals& numerals_;
  std::u32string_view text_;
  std::array<Read, 2> last_;
  std::size_t free_at_ = static_cast<std::size_t>(-1);
  bool free_ = false;
};

// The longest way in which the row stands at `at`.
std::optional<TimeMatch> MatchRow(const TimeRow& row, NumberReader& numbers,
                                  const EventWords& events, std::size_t at);

}  // namespace sakuin::advice

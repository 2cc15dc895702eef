#pragma once

// Numbers and lengths of time as texts write them: digits, Han and English numerals, ranges,
// halves, "some". Words are data, corpus/language/<lang>/numerals.tsv;
// docs/formats/advice-times.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::advice {

enum class TimeUnit : std::uint8_t { kSecond, kMinute, kHour, kDay, kWeek, kMonth };

double HoursOf(TimeUnit unit);  // a month is 30 days

// low == high but for a range. `unit` is of the larger end; both ends are counted in it.
struct Quantity {
  double low = 0;
  double high = 0;
  std::optional<TimeUnit> unit;
  bool approximate = false;
  std::size_t end = 0;  // in folded characters

  double LowHours() const { return low * HoursOf(*unit); }
  double HighHours() const { return high * HoursOf(*unit); }
};

// Immutable after Load(), therefore thread-safe.
class Numerals {
 public:
  // kBadData with file:line for an unknown kind, an empty word, a value that is no number.
  static Result<Numerals> Load(const std::string& path, const text::Folding& folding);

  // Might a number begin with `c`?
  bool MayBegin(char32_t c) const;

  // A number or a range at `at` that is not the rest of a longer one, nor an ordinal.
  std::optional<Quantity> Count(std::u32string_view text, std::size_t at) const;

  // The same with a unit of time behind it.
  std::optional<Quantity> Time(std::u32string_view text, std::size_t at) const;

  // Is the number at `at` the rest of a longer one, or counted ("the third")?
  bool IsFree(std::u32string_view text, std::size_t at) const;

 private:
  enum class Kind : std::uint8_t {
    kDigit,
    kTens,
    kArticle,
    kSome,
    kOdd,
    kRange,
    kNear,
    kUnit,
    kMiddle,
    kTail,
    kWhole,
    kOrdinal
  };
  struct Word {
    Kind kind = Kind::kDigit;
    std::u32string text;
    double low = 0;
    double high = 0;
    TimeUnit unit = TimeUnit::kSecond;
  };
  struct Part {
    double low = 0;
    double high = 0;
    bool approximate = false;
    bool one_word = false;  // a single numeral: "two three days" joins two of them
    std::size_t end = 0;
  };

  Status AddRow(const std::vector<std::string>& fields, const std::string& where,
                const text::Folding& folding);
  const Word* Longest(std::u32string_view text, std::size_t at, Kind kind) const;
  std::optional<Part> One(std::u32string_view text, std::size_t at) const;
  std::optional<Part> Digits(std::u32string_view text, std::size_t at) const;
  std::optional<Part> Words(std::u32string_view text, std::size_t at) const;
  std::optional<Part> Range(std::u32string_view text, std::size_t at) const;
  std::optional<Quantity> Whole(std::u32string_view text, std::size_t at) const;
  std::optional<Quantity> Unit(std::u32string_view text, Part part) const;
  std::optional<Quantity> MixedRange(std::u32string_view text, std::size_t at) const;

  using WordsBy = std::unordered_map<char32_t, std::vector<Word>>;
  std::array<WordsBy, 12> by_first_;  // of each kind, by the first character
  WordsBy by_last_;                   // of those that a number may be the rest of
  std::u32string firsts_;
};

}  // namespace sakuin::advice

#pragma once

// How dates are written other than with the year of the common era and ASCII digits.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::ingest {

// The rows of corpus/language/*/dates.tsv. Immutable, thread-safe; one without rows knows nothing
// of eras and Han digits.
class DateWords {
 public:
  // kBadData with file:line for an unknown kind or a value that is no number. `digest_input` gets
  // the files' bytes.
  static Result<DateWords> Load(const std::string& data_dir, std::string& digest_input);

  // The text with wide letters, digits and marks in ASCII, numbers of Han digits before a unit as
  // digits, and years of eras as those of the common era: what FindDate() reads. O(wide).
  std::string MakePlain(std::string_view wide) const;

 private:
  struct Era {
    std::string name;
    int before = 0;  // the common era's year before its first
  };
  struct Number {
    int value = -1;
    std::size_t end = 0;
  };

  Number ReadDigits(std::string_view text, std::size_t at) const;
  Number ReadHan(std::string_view text, std::size_t at) const;
  Number ReadEra(std::string_view text, std::size_t at) const;
  bool IsUnit(std::string_view text, std::size_t at) const;

  std::vector<Era> eras_;
  std::unordered_map<char32_t, int> digits_;  // 10 for the character that means ten
  std::u32string firsts_;                     // stand for an era's first year
  std::u32string units_;                      // year, month, day
};

}  // namespace sakuin::ingest

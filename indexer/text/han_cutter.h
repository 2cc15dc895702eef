#pragma once

// Cuts runs of Han characters and kana into words exactly as ICU's break iterator does, from ICU's
// own dictionary and by ICU's own method (the words of least cost together, and katakana runs as
// candidates), three times as fast. Only where that is proved: docs/decisions/0025.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "indexer/text/han_dictionary.h"

namespace sakuin::text {

// Not thread-safe.
class HanCutter {
 public:
  // Nothing where this ICU and its dictionary are not those that the cuts were compared with.
  static std::optional<HanCutter> OpenIfProved();

  // Can stand in a run: no normalization, rule or script makes it anything but one word's part.
  static bool IsRun(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC || c == 0x3005 || c == 0x3007;
  }

  // A word always ends between this character and a run, whatever stands on its other side.
  // Where another character stands beside a run, ICU has to cut both.
  static bool Bounds(char32_t c) { return c < 0x80 ? c != '_' : BoundsBeyondAscii(c); }

  // The ends of the words of `run` (not empty, all IsRun()), ascending; the last is its size.
  const std::vector<std::uint32_t>& Cut(std::u16string_view run);

 private:
  explicit HanCutter(HanDictionary words) : words_(std::move(words)) {}
  static bool BoundsBeyondAscii(char32_t c);
  void TryKatakana(std::u16string_view run, std::size_t at);
  // A word from `at` to `end` at this cost is better than what ended there before?
  void Offer(std::size_t at, std::size_t end, std::uint32_t cost) {
    if (best_[at] + cost >= best_[end]) return;
    best_[end] = best_[at] + cost;
    from_[end] = static_cast<std::uint32_t>(at);
  }

  HanDictionary words_;
  std::vector<std::uint32_t> best_;  // the least cost of the run's first i characters
  std::vector<std::uint32_t> from_;  // where the last word of them begins
  std::vector<std::uint32_t> ends_;
};

}  // namespace sakuin::text

#pragma once

// A set of words that is asked, at one place of a text, which of them begin there: a double-array
// trie (Aoe 1989) whose branches of a single word are kept as that word's rest.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sakuin::thesaurus {

// Immutable after Build(), therefore thread-safe.
class DoubleArray {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // The value of a word is its place in `words`, or that of an equal word before it: `values` has
  // one for every word. Empty words get none (kNone). O(n log n) of all characters.
  static DoubleArray Build(const std::vector<std::u32string_view>& words,
                           std::vector<std::uint32_t>& values);

  // Gives every word's value another number: value v becomes numbers[v].
  void Renumber(const std::vector<std::uint32_t>& numbers);

  // Characters become codes once a text: 0 stands in no word.
  std::uint32_t Code(char32_t c) const {
    if (c < bmp_.size()) return bmp_[c];
    const auto found = beyond_.find(c);
    return found == beyond_.end() ? 0 : found->second;
  }
  std::size_t alphabet() const { return alphabet_; }  // codes are below it

  // Calls hit(end, value) for every word that stands at codes[begin, end), the shortest first.
  template <typename Hit>
  void At(const std::vector<std::uint32_t>& codes, std::size_t begin, Hit&& hit) const {
    std::uint32_t node = 0;
    for (std::size_t i = begin; i < codes.size(); ++i) {
      if (codes[i] == 0) return;
      const std::uint32_t child = cells_[node].base + codes[i];
      if ((cells_[child].check & ~kEnds) != node) return;
      node = child;
      if ((cells_[node].check & kEnds) != 0) hit(i + 1, values_[node]);
      if ((cells_[node].base & kRest) == 0) continue;
      const Rest& rest = rests_[cells_[node].base & ~kRest];
      if (codes.size() - i - 1 < rest.size) return;
      for (std::uint32_t n = 0; n < rest.size; ++n) {
        if (codes[i + 1 + n] != rest_codes_[rest.begin + n]) return;
      }
      hit(i + 1 + rest.size, rest.value);
      return;
    }
  }

  std::size_t MemoryBytes() const;

 private:
  static constexpr std::uint32_t kEnds = 0x80000000U;  // in check: a word ends here
  static constexpr std::uint32_t kRest = 0x80000000U;  // in base: a place in rests_
  static constexpr std::uint32_t kFree = 0x7FFFFFFFU;  // in check: nobody's child

  struct Cell {
    std::uint32_t base = 0;  // child of code c: base + c, if that one's check names this cell
    std::uint32_t check = kFree;
  };
  struct Rest {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t value = 0;
  };
  class Builder;

  std::size_t alphabet_ = 1;
  std::vector<std::uint32_t> bmp_;
  std::unordered_map<char32_t, std::uint32_t> beyond_;
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> values_;  // of the cells where a word ends
  std::vector<Rest> rests_;
  std::vector<std::uint32_t> rest_codes_;
};

}  // namespace sakuin::thesaurus

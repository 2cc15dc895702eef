#pragma once

// A set of words that is asked, at one place of a text, which of them begin there: a double-array
// trie (Aoe 1989) whose branches of a single word are kept as that word's rest.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::thesaurus {

// Immutable but for Renumber(), therefore thread-safe. Copies share their tables.
class DoubleArray {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;
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
  struct FarCode {
    std::uint32_t character = 0;
    std::uint32_t code = 0;
  };
  // All of it, as it may be kept in a file.
  struct Tables {
    std::span<const std::uint32_t> bmp;  // code by character
    std::span<const FarCode> beyond;     // in order of characters
    std::span<const Cell> cells;
    std::span<const std::uint32_t> values;  // of the cells where a word ends
    std::span<const Rest> rests;
    std::span<const std::uint32_t> rest_codes;
  };

  DoubleArray() = default;

  // Of tables that `owner` keeps; none where they would lead outside of themselves, or to a value
  // that is not below `values`.
  static std::unique_ptr<DoubleArray> Over(const Tables& tables, std::size_t values,
                                           std::shared_ptr<const void> owner);
  const Tables& tables() const { return tables_; }

  // kTight: a sixth of the memory for ten times the work.
  enum class Packing : std::uint8_t { kFast, kTight };

  // The value of a word is its place in `words`, or that of an equal word before it: `values` has
  // one for every word. Empty words get none (kNone). O(n log n) of all characters.
  static DoubleArray Build(const std::vector<std::u32string_view>& words,
                           std::vector<std::uint32_t>& values, Packing packing = Packing::kFast);

  // Gives every word's value another number: value v becomes numbers[v]. Only of what was built.
  void Renumber(const std::vector<std::uint32_t>& numbers);

  // Characters become codes once a text: 0 stands in no word.
  std::uint32_t Code(char32_t c) const {
    if (c < tables_.bmp.size()) return tables_.bmp[c];
    const auto found = std::lower_bound(
        tables_.beyond.begin(), tables_.beyond.end(), static_cast<std::uint32_t>(c),
        [](const FarCode& one, std::uint32_t character) { return one.character < character; });
    return found == tables_.beyond.end() || found->character != c ? 0 : found->code;
  }
  std::size_t alphabet() const { return alphabet_; }  // codes are below it

  // Calls hit(end, value) for every word that stands at codes[begin, end), the shortest first.
  template <typename Hit>
  void At(const std::vector<std::uint32_t>& codes, std::size_t begin, Hit&& hit) const {
    const Cell* const cells = tables_.cells.data();
    std::uint32_t node = 0;
    for (std::size_t i = begin; i < codes.size(); ++i) {
      if (codes[i] == 0) return;
      const std::uint32_t child = cells[node].base + codes[i];
      if ((cells[child].check & ~kEnds) != node) return;
      node = child;
      if ((cells[node].check & kEnds) != 0) hit(i + 1, tables_.values[node]);
      if ((cells[node].base & kRest) == 0) continue;
      const Rest& rest = tables_.rests[cells[node].base & ~kRest];
      if (codes.size() - i - 1 < rest.size) return;
      for (std::uint32_t n = 0; n < rest.size; ++n) {
        if (codes[i + 1 + n] != tables_.rest_codes[rest.begin + n]) return;
      }
      hit(i + 1 + rest.size, rest.value);
      return;
    }
  }

  std::size_t MemoryBytes() const;

 private:
  static constexpr std::uint32_t kEnds = 0x80000000U;  // in check: a word ends here
  static constexpr std::uint32_t kRest = 0x80000000U;  // in base: a place in rests

  class Builder;
  struct Built;

  std::size_t alphabet_ = 1;
  Tables tables_;
  std::shared_ptr<Built> built_;  // what tables_ show, where it was built here
  std::shared_ptr<const void> owner_;
};

}  // namespace sakuin::thesaurus

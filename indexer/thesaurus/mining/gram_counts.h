#pragma once

// Counts how often word sequences stand in texts of any size, in bounded memory.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace sakuin::thesaurus {

// Lossy Counting (Manku and Motwani, "Approximate frequency counts over data streams", VLDB 2002):
// whenever there are more than `most` entries, those that were seen least are let go, and what is
// let go is never counted higher than PossiblyMissed(). Sequences are known by a 64-bit hash.
class GramCounts {
 public:
  explicit GramCounts(std::size_t most) : most_(most) {}

  void Add(std::uint64_t key);
  // Never more than the truth, and at most PossiblyMissed() less.
  std::uint32_t Count(std::uint64_t key) const;
  std::uint32_t PossiblyMissed() const { return bucket_; }

  static std::uint64_t KeyOf(std::u32string_view text);

 private:
  struct Entry {
    std::uint32_t count = 0;
    std::uint32_t missed = 0;  // at most so many before it was entered
  };
  void Prune();

  std::size_t most_;
  std::uint32_t bucket_ = 0;
  std::unordered_map<std::uint64_t, Entry> entries_;
};

}  // namespace sakuin::thesaurus

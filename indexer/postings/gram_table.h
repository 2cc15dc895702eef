#pragma once

// Finds a gram's place in a list: one look-up for every character that is indexed.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "indexer/base/mix.h"

namespace sakuin::postings {

// Open addressing, linear probing; grams to their places in a list. Not thread-safe. No gram is
// UINT64_MAX.
class GramTable {
 public:
  GramTable() { Resize(std::size_t{1} << 12U); }

  // The next FindOr() with it will not wait for memory.
  void Prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[Mix(key) & mask_]); }

  // The value of `key`; `next` where it is new.
  std::uint32_t FindOr(std::uint64_t key, std::uint32_t next) {
    std::size_t at = Mix(key) & mask_;
    for (; slots_[at].key != key; at = (at + 1) & mask_) {
      if (slots_[at].key != kFree) continue;
      slots_[at] = {key, next};
      if (++used_ * 2 > mask_) Resize((mask_ + 1) * 2);
      return next;
    }
    return slots_[at].value;
  }

  std::size_t size() const { return slots_.size() * sizeof(Slot); }  // bytes

  std::vector<std::pair<std::uint64_t, std::uint32_t>> Sorted() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> out;
    out.reserve(used_);
    for (const Slot& slot : slots_) {
      if (slot.key != kFree) out.emplace_back(slot.key, slot.value);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  static constexpr std::uint64_t kFree = UINT64_MAX;

  struct Slot {
    std::uint64_t key = kFree;
    std::uint32_t value = 0;
  };

  void Resize(std::size_t size) {
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(size));
    mask_ = size - 1;
    for (const Slot& slot : before) {
      if (slot.key == kFree) continue;
      std::size_t at = Mix(slot.key) & mask_;
      while (slots_[at].key != kFree) at = (at + 1) & mask_;
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

}  // namespace sakuin::postings

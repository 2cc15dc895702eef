#pragma once

// Where the inverter's rows of bytes lie.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace sakuin::postings {

// Not thread-safe. Rows of bytes that grow at the same time, in slices of one arena, each slice
// longer than the one before: few bytes are wasted on the many terms that stand once (Moffat and
// Bell's extensible lists; the same in Lucene's in-memory postings).
class SliceArena {
 public:
  struct Row {
    std::uint32_t first = 0;
    std::uint32_t at = 0;   // next byte
    std::uint32_t end = 0;  // of the slice, before its link
    std::uint8_t level = 0;
  };

  Row NewRow() {
    Row row;
    row.first = row.at = NewSlice(0);
    row.end = row.at + kSizes[0];
    return row;
  }

  void Put(Row& row, std::uint32_t value) {
    while (value >= 0x80) {
      PutByte(row, static_cast<unsigned char>(value | 0x80U));
      value >>= 7U;
    }
    PutByte(row, static_cast<unsigned char>(value));
  }

  // All bytes of a row, joined.
  void Copy(const Row& row, std::string& out) const {
    out.clear();
    std::uint32_t begin = row.first;
    for (std::uint8_t level = 0;; level = Above(level)) {
      const std::uint32_t end = begin + kSizes[level];
      if (end == row.end) {
        out.append(At(begin), row.at - begin);
        return;
      }
      out.append(At(begin), kSizes[level]);
      std::memcpy(&begin, At(end), sizeof begin);
    }
  }

  // The next Put() on it will not wait for memory.
  void Prefetch(const Row& row) const { __builtin_prefetch(At(row.at), 1); }

  std::size_t size() const { return blocks_.size() * kBlockBytes; }  // bytes

 private:
  static constexpr std::uint32_t kSizes[] = {5, 14, 28, 56, 120, 250, 500, 1000};
  static constexpr std::uint32_t kLink = sizeof(std::uint32_t);

  static std::uint8_t Above(std::uint8_t level) {
    return std::min<std::uint8_t>(level + 1, std::size(kSizes) - 1);
  }

  // Blocks never move: a slice lies in one of them.
  static constexpr std::uint32_t kBlockBits = 20;
  static constexpr std::uint32_t kBlockBytes = std::uint32_t{1} << kBlockBits;

  char* At(std::uint32_t place) const {
    return blocks_[place >> kBlockBits].get() + (place & (kBlockBytes - 1));
  }

  std::uint32_t NewSlice(std::uint8_t level) {
    const std::uint32_t size = kSizes[level] + kLink;
    if (blocks_.empty() || used_ + size > kBlockBytes) {
      blocks_.push_back(std::make_unique<char[]>(kBlockBytes));
      used_ = 0;
    }
    const auto begin = (static_cast<std::uint32_t>(blocks_.size() - 1) << kBlockBits) + used_;
    used_ += size;
    return begin;
  }

  void PutByte(Row& row, unsigned char byte) {
    if (row.at == row.end) {
      const std::uint8_t level = Above(row.level);
      const std::uint32_t next = NewSlice(level);
      std::memcpy(At(row.end), &next, sizeof next);
      row.at = next;
      row.end = next + kSizes[level];
      row.level = level;
    }
    *At(row.at++) = static_cast<char>(byte);
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::uint32_t used_ = 0;  // of the last one
};

}  // namespace sakuin::postings

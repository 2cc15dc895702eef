#pragma once

// Numbers of any width in a row of bytes, least significant bit first.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace sakuin::postings {

// Bytes that must stand, readable and of any value, behind what a BitReader or GetVarint reads.
inline constexpr std::size_t kPadding = 16;

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(&out) {}

  // `width` in [0, 56]; `value` below 2^width.
  void Put(std::uint64_t value, unsigned width) {
    held_ |= value << count_;
    count_ += width;
    while (count_ >= 8) {
      out_->push_back(static_cast<char>(held_ & 0xFFU));
      held_ >>= 8U;
      count_ -= 8;
    }
  }

  // Fills the last byte.
  void Flush() {
    if (count_ > 0) out_->push_back(static_cast<char>(held_ & 0xFFU));
    held_ = 0;
    count_ = 0;
  }

 private:
  std::string* out_;
  std::uint64_t held_ = 0;
  unsigned count_ = 0;  // below 8 between calls
};

class BitReader {
 public:
  explicit BitReader(const char* data) : data_(data) {}

  // The next 56 bits at least, unread.
  std::uint64_t Peek() const {
    std::uint64_t word = 0;
    std::memcpy(&word, data_ + (at_ >> 3U), sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word >> (at_ & 7U);
  }
  void Skip(std::uint64_t bits) { at_ += bits; }
  std::uint64_t Get(unsigned width) {  // [0, 56]
    const std::uint64_t out = Peek() & ((std::uint64_t{1} << width) - 1);
    at_ += width;
    return out;
  }
  std::uint64_t at() const { return at_; }  // bits read

 private:
  const char* data_;
  std::uint64_t at_ = 0;
};

// Bits that hold any number below `end`.
constexpr unsigned WidthBelow(std::uint32_t end) {
  return end <= 1 ? 0 : static_cast<unsigned>(std::bit_width(end - 1));
}

inline void PutVarint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80U));
    value >>= 7U;
  }
  out.push_back(static_cast<char>(value));
}

// Reads no more than ten bytes; `at` is moved behind them.
inline std::uint64_t GetVarint(const char* data, std::size_t& at) {
  std::uint64_t out = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(data[at++]);
    out |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) break;
  }
  return out;
}

}  // namespace sakuin::postings

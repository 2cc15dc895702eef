#pragma once

// Numbers and texts one behind the other.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sakuin::thesaurus {

class Encoder {
 public:
  // Seven bits a byte, the least first; the last byte is below 128 (LEB128).
  void Number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) out_.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    out_.push_back(static_cast<char>(value));
  }
  void Text(std::string_view text) {
    Number(text.size());
    out_ += text;
  }
  template <typename List, typename Put>
  void Each(const List& list, Put&& put) {
    Number(list.size());
    for (const auto& one : list) put(one);
  }

  std::string Take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  std::string out_;
};

// What lies behind the end is 0 and "": a caller asks once, at last, whether all was there.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t Number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ == bytes_.size()) break;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      out |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return out;
    }
    ok_ = false;
    return 0;
  }
  std::string_view Text() {
    const std::uint64_t size = Number();
    if (size > bytes_.size() - at_) {
      ok_ = false;
      return {};
    }
    const std::string_view out = bytes_.substr(at_, size);
    at_ += size;
    return out;
  }
  // The size of a list whose members take a byte at least.
  std::size_t Count() {
    const std::uint64_t count = Number();
    if (count <= bytes_.size() - at_) return count;
    ok_ = false;
    return 0;
  }

  bool ok() const { return ok_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace sakuin::thesaurus

#pragma once

#include <cstdint>
#include <string_view>

namespace sakuin::model {

// A half-open range [begin, end) of UTF-8 bytes of some text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(const Span&, const Span&) = default;
};

// A half-open range [begin, end) of the bytes of a source as it lies on disk, undecoded.
struct SourceRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

}  // namespace sakuin::model

#include "indexer/base/utf8.h"

#include <cstring>

namespace sakuin::utf8 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned Byte(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool IsTail(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// The length of the well-formed sequence at `at`, or 0. Table 3-7 of the Unicode standard.
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const unsigned b0 = Byte(text, at);
  if (b0 < 0x80) return 1;
  const unsigned b1 = Byte(text, at + 1);
  if (b0 >= 0xC2 && b0 <= 0xDF) return IsTail(b1) ? 2 : 0;
  if (b0 >= 0xE0 && b0 <= 0xEF) {
    const bool ok = IsTail(b1) && IsTail(Byte(text, at + 2)) && !(b0 == 0xE0 && b1 < 0xA0) &&
                    !(b0 == 0xED && b1 > 0x9F);
    return ok ? 3 : 0;
  }
  if (b0 >= 0xF0 && b0 <= 0xF4) {
    const bool ok = IsTail(b1) && IsTail(Byte(text, at + 2)) && IsTail(Byte(text, at + 3)) &&
                    !(b0 == 0xF0 && b1 < 0x90) && !(b0 == 0xF4 && b1 > 0x8F);
    return ok ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::optional<std::size_t> FindInvalid(std::string_view text) {
  constexpr std::uint64_t kNotAscii = 0x8080808080808080ULL;
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = kNotAscii;
    if (text.size() - at >= sizeof eight) std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kNotAscii) == 0) {
      at += sizeof eight;
      continue;
    }
    const std::size_t length = SequenceLength(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

char32_t NextSlow(std::string_view text, std::size_t& at) {
  const std::size_t length = SequenceLength(text, at);
  const unsigned b0 = Byte(text, at);
  if (length <= 1) {
    ++at;
    return length == 1 ? static_cast<char32_t>(b0) : kReplacement;
  }
  char32_t c = b0 & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) c = (c << 6U) | (Byte(text, at + i) & 0x3FU);
  at += length;
  return c;
}

char32_t Previous(std::string_view text, std::size_t& at) {
  std::size_t start = at - 1;
  while (start > 0 && at - start < 4 && IsTail(Byte(text, start))) --start;
  std::size_t end = start;
  const char32_t c = Next(text, end);
  if (end == at) {
    at = start;
    return c;
  }
  --at;
  return kReplacement;
}

std::size_t Length(char32_t c) {
  if (c < 0x80) return 1;
  if (c < 0x800) return 2;
  if (c < 0x10000 || c > 0x10FFFF) return 3;
  return 4;
}

void Append(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) return out.push_back(static_cast<char>(c));
  const auto tail = [c](unsigned shift) {
    return static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
  };
  if (c < 0x800) {
    const char bytes[] = {static_cast<char>(0xC0U | (c >> 6U)), tail(0)};
    out.append(bytes, sizeof bytes);
  } else if (c < 0x10000) {
    const char bytes[] = {static_cast<char>(0xE0U | (c >> 12U)), tail(6), tail(0)};
    out.append(bytes, sizeof bytes);
  } else {
    const char bytes[] = {static_cast<char>(0xF0U | (c >> 18U)), tail(12), tail(6), tail(0)};
    out.append(bytes, sizeof bytes);
  }
}

std::u32string Decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size();) out.push_back(Next(text, at));
  return out;
}

std::string Encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) Append(out, c);
  return out;
}

std::size_t Count(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++n) Next(text, at);
  return n;
}

std::size_t FloorBoundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && IsTail(Byte(text, at))) --at;
  return at;
}

bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

std::string_view Trim(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t next = begin;
    if (!IsSpace(Next(text, next))) break;
    begin = next;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t before = end;
    if (!IsSpace(Previous(text, before))) break;
    end = before;
  }
  return text.substr(begin, end - begin);
}

}  // namespace sakuin::utf8

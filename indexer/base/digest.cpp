#include "indexer/base/digest.h"

#include <sodium.h>

#include <array>

namespace sakuin {

std::string Digest(std::string_view text, std::size_t bytes) {
  std::array<unsigned char, crypto_generichash_BYTES_MAX> raw{};
  crypto_generichash(raw.data(), bytes, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(bytes * 2);
  for (std::size_t i = 0; i < bytes; ++i) {
    out.push_back(kHex[raw[i] >> 4U]);
    out.push_back(kHex[raw[i] & 15U]);
  }
  return out;
}

}  // namespace sakuin

#pragma once

// A 64-bit hash of a 64-bit number, for tables and sums of no adversary.

#include <cstdint>

namespace sakuin {

// The finalizer of MurmurHash3 (Appleby, public domain): a bijection in which every bit of the
// input turns about half of the output's. Pure.
constexpr std::uint64_t Mix(std::uint64_t h) {
  h ^= h >> 33U;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33U;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33U);
}

}  // namespace sakuin

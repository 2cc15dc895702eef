#pragma once

// A checksum against accidents: XXH3 (Collet), by libxxhash. A memory's width a second, where
// Digest() takes a millisecond a megabyte; no protection against somebody who wants a collision.

#include <cstdint>
#include <string_view>

namespace sakuin {

// Pure and thread-safe; the same on every machine.
std::uint64_t Checksum(std::string_view bytes);

}  // namespace sakuin

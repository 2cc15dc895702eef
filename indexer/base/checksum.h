#pragma once

// A checksum against accidents: XXH3 (Collet), by libxxhash. A memory's width a second, where
// Digest() takes a millisecond a megabyte; no protection against somebody who wants a collision.

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin {

// Pure and thread-safe; the same on every machine.
std::uint64_t Checksum(std::string_view bytes);

// Of a file's bytes, in the memory of a piece of it. kNotFound, kIo.
Result<std::uint64_t> ChecksumOfFile(const std::string& path);

}  // namespace sakuin

#pragma once

// Digests for identities and for noticing change: BLAKE2b (RFC 7693), by libsodium.

#include <cstddef>
#include <string>
#include <string_view>

namespace sakuin {

// Lower-case hex of a BLAKE2b digest of `bytes` bytes (16 to 64). Pure and thread-safe.
std::string Digest(std::string_view text, std::size_t bytes = 16);

}  // namespace sakuin

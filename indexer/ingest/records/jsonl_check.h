#pragma once

// What a line of JSON Lines must be before it is read. For jsonl*.cpp only.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sakuin::ingest {

// Why the line is not one JSON value in UTF-8 without a doubled key, and not too deep, with the
// byte; nothing where it is fine. `deepest` counts arrays and objects. Never throws.
std::optional<std::string> FindJsonFault(std::string_view line, std::size_t deepest = 32);

}  // namespace sakuin::ingest

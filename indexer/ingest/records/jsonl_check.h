#pragma once

// A line of JSON Lines and what it must be. For jsonl*.cpp only.

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sakuin::ingest {

// Reads the line into `out`. Why it is not one JSON value in UTF-8 without a doubled key, and not
// too deep, with the byte; nothing where it is fine. `deepest` counts arrays and objects. One pass;
// never throws.
std::optional<std::string> ReadJsonLine(std::string_view line, nlohmann::json& out,
                                        std::size_t deepest = 32);

}  // namespace sakuin::ingest

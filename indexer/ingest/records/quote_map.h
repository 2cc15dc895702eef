#pragma once

// The bytes of the first input that a record's advice tells: a record of `extract` has the clean
// text alone, and only its quotes still lead back to where they came from.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "indexer/model/source.h"

namespace sakuin::ingest {

// From the `span`, `begin` and `end` of each piece of advice in the array `advice` whose
// `in_heading` is as asked. What does not fit the text, or a map that only goes forward, is passed
// over. A quote that stands inside another keeps its own bytes.
model::SourceMap MapOfQuotes(const nlohmann::json& advice, bool in_heading,
                             const std::string& text);

}  // namespace sakuin::ingest

#pragma once

// The readings of a section in a JSON Lines record: [[begin,end,"reading"],...].

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/model/section.h"

namespace sakuin::ingest {

// Does the value have the form above, with begin < end, ascending and without overlap?
bool AreReadings(const nlohmann::json& value);

// The readings whose bases are whole characters of `text`; the others are passed over. `value` is
// such a list.
std::vector<model::Reading> ReadReadings(const nlohmann::json& value, const std::string& text);

}  // namespace sakuin::ingest

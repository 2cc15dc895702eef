#pragma once

// JSON from text and to text. nlohmann's reader and writer are templates that take a second and a
// half to compile wherever they are used: here they are compiled once.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace sakuin {

// What is no JSON gives a value whose is_discarded() is true, so none of its other types either.
nlohmann::json ParseJson(std::string_view text);
nlohmann::ordered_json ParseOrderedJson(std::string_view text);

// On one line; bytes that are no UTF-8 become U+FFFD.
std::string JsonText(const nlohmann::json& value);
std::string JsonText(const nlohmann::ordered_json& value);

}  // namespace sakuin

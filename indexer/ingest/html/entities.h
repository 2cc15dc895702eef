#pragma once

#include <string>
#include <string_view>

namespace sakuin::ingest {

// What "&amp;", "&#20013;" or "&hellip;" stands for, as UTF-8, by HTML5's rules; the text itself
// where it stands for nothing. Pure.
std::string DecodeEntity(std::string_view entity);

}  // namespace sakuin::ingest

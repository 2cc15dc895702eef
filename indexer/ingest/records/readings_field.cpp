#include "indexer/ingest/records/readings_field.h"

#include <algorithm>
#include <cstdint>

#include "indexer/base/utf8.h"

namespace sakuin::ingest {

bool AreReadings(const nlohmann::json& value) {
  if (!value.is_array()) return false;
  std::uint64_t free = 0;  // behind the last base
  return std::all_of(value.begin(), value.end(), [&free](const nlohmann::json& row) {
    if (!row.is_array() || row.size() != 3 || !row[2].is_string()) return false;
    if (!row[0].is_number_unsigned() || !row[1].is_number_unsigned()) return false;
    const auto begin = row[0].get<std::uint64_t>();
    const auto end = row[1].get<std::uint64_t>();
    if (begin < free || end <= begin || end > UINT32_MAX) return false;
    free = end;
    return true;
  });
}

std::vector<model::Reading> ReadReadings(const nlohmann::json& value, const std::string& text) {
  std::vector<model::Reading> out;
  for (const nlohmann::json& row : value) {
    const model::Span base{row[0].get<std::uint32_t>(), row[1].get<std::uint32_t>()};
    std::string reading = row[2].get<std::string>();
    std::replace_if(
        reading.begin(), reading.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    const bool whole = base.end <= text.size() &&
                       utf8::FloorBoundary(text, base.begin) == base.begin &&
                       utf8::FloorBoundary(text, base.end) == base.end;
    if (whole && !utf8::Trim(reading).empty()) {
      out.push_back({base, std::string(utf8::Trim(reading))});
    }
  }
  return out;
}

}  // namespace sakuin::ingest

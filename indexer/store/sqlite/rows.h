#pragma once

// How values are written into columns: JSON for lists, zstd for sources.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/section.h"
#include "indexer/model/tag.h"

namespace sakuin::store {

std::string StringsToJson(const std::vector<std::string>& strings);
std::vector<std::string> StringsFromJson(std::string_view json);  // empty for damaged JSON

std::string SpansToJson(const model::Tag& tag);
void SpansFromJson(std::string_view json, model::Tag& tag);

// Readings, speakers, truncated (schema/0002); "" where a section has none of them.
std::string DetailsToJson(const model::Section& section);
void DetailsFromJson(std::string_view json, model::Section& section);

std::string Compress(std::string_view bytes);
Result<std::string> Decompress(std::string_view bytes);

}  // namespace sakuin::store

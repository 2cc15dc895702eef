#pragma once

// How values are written into columns: JSON for lists, zstd for sources.

#include <memory>
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

// Owns zstd's tables, whose making takes longer than packing a short text. Not thread-safe.
class Compressor {
 public:
  Compressor();
  std::string Compress(std::string_view bytes);

  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;
  ~Compressor();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string Compress(std::string_view bytes);
Result<std::string> Decompress(std::string_view bytes);

}  // namespace sakuin::store

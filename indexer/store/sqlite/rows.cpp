#include "indexer/store/sqlite/rows.h"

#include <zstd.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "indexer/base/json_text.h"

namespace sakuin::store {
namespace {

using nlohmann::json;

constexpr int kLevel = 3;  // zstd's default: a source is written once and seldom read

json ToJson(const std::vector<model::Span>& spans) {
  json out = json::array();
  for (const model::Span& span : spans) out.push_back({span.begin, span.end});
  return out;
}

void FromJson(const json& from, std::vector<model::Span>& spans) {
  if (!from.is_array()) return;
  for (const json& pair : from) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number_unsigned() ||
        !pair[1].is_number_unsigned()) {
      continue;
    }
    spans.push_back({pair[0].get<std::uint32_t>(), pair[1].get<std::uint32_t>()});
  }
}

}  // namespace

std::string StringsToJson(const std::vector<std::string>& strings) {
  return JsonText(json(strings));
}

std::vector<std::string> StringsFromJson(std::string_view text) {
  std::vector<std::string> out;
  const json parsed = ParseJson(text);
  if (!parsed.is_array()) return out;
  for (const json& item : parsed) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

std::string SpansToJson(const model::Tag& tag) {
  return JsonText(json{{"text", ToJson(tag.text_spans)}, {"heading", ToJson(tag.heading_spans)}});
}

void SpansFromJson(std::string_view text, model::Tag& tag) {
  const json parsed = ParseJson(text);
  if (!parsed.is_object()) return;
  if (parsed.contains("text")) FromJson(parsed["text"], tag.text_spans);
  if (parsed.contains("heading")) FromJson(parsed["heading"], tag.heading_spans);
}

std::string DetailsToJson(const model::Section& section) {
  const auto list = [](const std::vector<model::Reading>& readings) {
    json out = json::array();
    for (const model::Reading& r : readings) out.push_back({r.base.begin, r.base.end, r.text});
    return out;
  };
  json out = json::object();
  if (!section.heading_readings.empty()) out["heading"] = list(section.heading_readings);
  if (!section.text_readings.empty()) out["text"] = list(section.text_readings);
  for (const model::Speaker& s : section.speakers) {
    out["speakers"].push_back(
        {{"name", s.name}, {"title", s.title}, {"affiliation", s.affiliation}});
  }
  if (section.truncated) out["truncated"] = true;
  if (out.empty()) return {};
  return JsonText(out);
}

void DetailsFromJson(std::string_view text, model::Section& section) {
  if (text.empty()) return;
  const json parsed = ParseJson(text);
  const auto read = [&parsed](const char* key, std::size_t size, std::vector<model::Reading>& to) {
    if (!parsed.is_object() || !parsed.contains(key) || !parsed[key].is_array()) return;
    for (const json& row : parsed[key]) {
      if (!row.is_array() || row.size() != 3 || !row[0].is_number_unsigned() ||
          !row[1].is_number_unsigned() || !row[2].is_string()) {
        continue;
      }
      const model::Span base{row[0].get<std::uint32_t>(), row[1].get<std::uint32_t>()};
      if (base.begin < base.end && base.end <= size) to.push_back({base, row[2]});
    }
  };
  if (!parsed.is_object()) return;
  section.truncated = parsed.value("truncated", json()) == true;
  for (const json& row : parsed.value("speakers", json::array())) {
    const auto field = [&row](const char* key) {
      const bool is = row.is_object() && row.contains(key) && row[key].is_string();
      return is ? row[key].get<std::string>() : std::string();
    };
    section.speakers.push_back({field("name"), field("title"), field("affiliation")});
  }
  read("heading", section.heading.size(), section.heading_readings);
  read("text", section.text.size(), section.text_readings);
}

struct Compressor::Impl {
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(), &ZSTD_freeCCtx};
};

Compressor::Compressor() : impl_(std::make_unique<Impl>()) {
  // With a checksum: without one most changed bytes unpack to other text, and nobody is told.
  ZSTD_CCtx_setParameter(impl_->context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(impl_->context.get(), ZSTD_c_checksumFlag, 1);
}

std::string Compressor::Compress(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t n =
      ZSTD_compress2(impl_->context.get(), out.data(), out.size(), bytes.data(), bytes.size());
  out.resize(ZSTD_isError(n) != 0U ? 0 : n);
  return out;
}

Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;
Compressor::~Compressor() = default;

std::string Compress(std::string_view bytes) { return Compressor().Compress(bytes); }

Result<std::string> Decompress(std::string_view bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  constexpr unsigned long long kLimit = 1ULL << 32U;
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kLimit) {
    return Fail(ErrorCode::kDamaged, "a stored source cannot be unpacked");
  }
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t n = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(n) != 0U || n != out.size()) {
    return Fail(ErrorCode::kDamaged, "a stored source cannot be unpacked");
  }
  return out;
}

}  // namespace sakuin::store

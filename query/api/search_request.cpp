#include "query/api/search_request.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace sakuin::api {
namespace {

constexpr std::size_t kMostHits = 1000;

bool IsOn(const server::Parameters& query, std::string_view name) {
  const std::string& value = query.Get(name);
  return value == "1" || value == "true" || value == "on";
}

}  // namespace

Result<std::size_t> ReadNumber(const server::Parameters& query, std::string_view name,
                               std::size_t fallback, std::size_t least, std::size_t most) {
  const std::string& value = query.Get(name);
  if (value.empty() && !query.Has(name)) return fallback;
  std::size_t out = 0;
  const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), out);
  if (failed != std::errc() || end != value.data() + value.size() || out < least || out > most) {
    return Fail(ErrorCode::kUsage, fmt::format("{} is a number from {} to {}", name, least, most));
  }
  return out;
}

Result<results::SearchRequest> ReadSearchRequest(const server::Parameters& query,
                                                 const std::string& ui_language) {
  using plan::FilterField;
  results::SearchRequest out;
  out.query = query.Get("q");
  out.ui_language = ui_language;
  constexpr std::array<std::pair<const char*, FilterField>, 5> kFields{
      {{"language", FilterField::kLanguage},
       {"condition", FilterField::kCondition},
       {"aspect", FilterField::kAspect},
       {"site", FilterField::kSite},
       {"published", FilterField::kPublished}}};
  for (const auto& [name, field] : kFields) {
    std::vector<std::string> values = query.All(name);
    if (!values.empty()) out.filters.push_back({field, std::move(values)});
  }
  const auto limit = ReadNumber(query, "limit", out.limit, 0, kMostHits);
  if (!limit) return Pass(limit);
  out.limit = *limit;
  out.after = query.Get("after");
  const std::string& by = query.Get("by");
  if (!by.empty() && by != "section" && by != "document") {
    return Fail(ErrorCode::kUsage, "by is section or document");
  }
  out.by_document = by == "document";
  const std::string& sort = query.Get("sort");
  if (!sort.empty() && sort != "relevance" && sort != "date" && sort != "title") {
    return Fail(ErrorCode::kUsage, "sort is relevance, date or title");
  }
  out.sort = sort == "date"    ? results::Sort::kDate
             : sort == "title" ? results::Sort::kTitle
                               : results::Sort::kRelevance;
  out.exact = IsOn(query, "exact");
  out.expand = !out.exact && query.Get("expand") != "0";
  out.duplicates = IsOn(query, "duplicates");
  out.explain = IsOn(query, "explain");
  return out;
}

}  // namespace sakuin::api

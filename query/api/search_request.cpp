#include "query/api/search_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "query/plan/filters.h"

namespace sakuin::api {
namespace {

constexpr std::size_t kMostHits = 1000;

// "2024", "2024-05", "2024-05-06".
bool IsDate(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return false;
  }
  return true;
}

// FROM..TO, where either may be left out, or one date; with a "-" in front of it: without these.
bool IsDateRange(std::string_view text) {
  if (text.size() > 1 && text[0] == '-') text.remove_prefix(1);
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return IsDate(text);
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = text.substr(dots + 2);
  return (from.empty() || IsDate(from)) && (to.empty() || IsDate(to));
}

}  // namespace

Status CheckFilters(const results::SearchRequest& request, service::Desk& desk) {
  for (const plan::Filter& filter : request.filters) {
    using plan::FilterField;
    if (filter.field != FilterField::kCondition && filter.field != FilterField::kAspect) continue;
    std::vector<std::string> values = filter.values;
    for (std::string& value : values) {
      if (value.starts_with('-')) value.erase(0, 1);
    }
    const auto resolved = plan::ResolveFilter(filter.field, values, desk.searcher().plan_context());
    if (!resolved.unknown.empty()) return Fail(ErrorCode::kNotFound, resolved.unknown.front());
  }
  return {};
}

bool IsOn(const server::Parameters& query, std::string_view name, bool fallback) {
  const std::string& value = query.Get(name);
  if (value.empty()) return fallback;
  return value == "1" || value == "true" || value == "on";
}

Result<std::size_t> ReadNumber(const server::Parameters& query, std::string_view name,
                               std::size_t fallback, std::size_t least, std::size_t most) {
  const std::string& value = query.Get(name);
  if (value.empty()) return fallback;
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
    if (field == FilterField::kPublished &&
        !std::all_of(values.begin(), values.end(), IsDateRange)) {
      return Fail(ErrorCode::kUsage, "published is FROM..TO, such as 2024..2025-06");
    }
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
  out.exact = IsOn(query, "exact", false);
  out.expand = !out.exact && IsOn(query, "expand", true);
  out.duplicates = IsOn(query, "duplicates", false);
  out.explain = IsOn(query, "explain", false);
  out.facets = IsOn(query, "facets", true);
  return out;
}

}  // namespace sakuin::api

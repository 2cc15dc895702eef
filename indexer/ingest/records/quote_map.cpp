#include "indexer/ingest/records/quote_map.h"

#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace sakuin::ingest {
namespace {

using nlohmann::json;

struct Quote {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t source_begin = 0;
  std::uint64_t source_end = 0;
};

std::optional<Quote> ReadQuote(const json& one, bool in_heading, std::size_t size) {
  const auto number = [](const json& value) { return value.is_number_unsigned(); };
  if (!one.is_object() || !one.contains("span") || !one.contains("begin") || !one.contains("end")) {
    return std::nullopt;
  }
  const json& span = one["span"];
  const bool numbers = span.is_array() && span.size() == 2 && number(span[0]) && number(span[1]) &&
                       number(one["begin"]) && number(one["end"]);
  const bool heading = one.contains("in_heading") && one["in_heading"] == true;
  if (!numbers || heading != in_heading) return std::nullopt;
  const auto begin = span[0].get<std::uint64_t>();
  const auto end = span[1].get<std::uint64_t>();
  const auto from = one["begin"].get<std::uint64_t>();
  const auto to = one["end"].get<std::uint64_t>();
  const bool fits = begin < end && end <= size && from <= to &&
                    to - from <= std::numeric_limits<std::uint32_t>::max();
  if (!fits) return std::nullopt;
  return Quote{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), from, to};
}

// A place in the text where quotes begin or end.
struct Mark {
  std::optional<std::uint64_t> begin;  // of what begins there, in the source
  std::optional<std::uint64_t> end;
  int opened = 0;  // quotes that begin there less those that end
};

}  // namespace

model::SourceMap MapOfQuotes(const json& advice, bool in_heading, const std::string& text) {
  model::SourceMap out;
  if (!advice.is_array()) return out;
  std::map<std::uint32_t, Mark> marks;
  for (const json& one : advice) {
    const auto quote = ReadQuote(one, in_heading, text.size());
    if (!quote) continue;
    Mark& first = marks[quote->begin];
    first.begin = quote->source_begin;
    ++first.opened;
    Mark& last = marks[quote->end];
    last.end = quote->source_end;
    --last.opened;
  }
  int open = 0;
  std::uint64_t reached = 0;
  for (auto at = marks.begin(); at != marks.end(); ++at) {
    open += at->second.opened;
    const auto next = std::next(at);
    if (open == 0 || next == marks.end()) continue;
    const std::uint64_t from = at->second.begin ? *at->second.begin : *at->second.end;
    const std::uint64_t to = next->second.end ? *next->second.end : *next->second.begin;
    if (from < reached || to < from || to - from > std::numeric_limits<std::uint32_t>::max()) {
      return {};
    }
    out.Add({at->first, from, 1, next->first - at->first, static_cast<std::uint32_t>(to - from)});
    reached = to;
  }
  return out;
}

}  // namespace sakuin::ingest

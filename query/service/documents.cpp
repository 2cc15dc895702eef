#include "query/service/documents.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "query/service/knowledge.h"

namespace sakuin::service {

using nlohmann::ordered_json;

Result<model::Document> FindDocument(store::IndexReader& reader, const std::string& id) {
  constexpr std::size_t kLeastTyped = 4;
  auto document = reader.ReadDocument(id);
  if (document || document.error().code != ErrorCode::kNotFound || id.size() < kLeastTyped) {
    return document;
  }
  const auto ids = reader.FindIds(id, 2);
  if (!ids) return Pass(ids);
  if (ids->size() == 1) return reader.ReadDocument(ids->front());
  return document;
}

Result<Part> FindPart(store::IndexReader& reader, const std::string& id) {
  Part out;
  auto document = FindDocument(reader, id);
  if (!document) {
    const Named named = SplitId(id);
    if (named.section < 0) return Pass(document);
    document = FindDocument(reader, named.document);
    if (!document) return Pass(document);
    if (static_cast<std::size_t>(named.section) >= document->sections.size()) {
      return Fail(ErrorCode::kNotFound,
                  fmt::format("has {} sections, numbered from 0", document->sections.size()),
                  document->id);
    }
    out.section = named.section;
  }
  auto group = reader.DuplicatesOf(document->id);
  if (!group) return Pass(group);
  out.document = std::move(*document);
  out.group = std::move(*group);
  return out;
}

ordered_json SummaryObject(const store::DocumentSummary& d) {
  ordered_json out{{"id", d.id},
                   {"uri", d.uri},
                   {"title", d.title},
                   {"language", d.language},
                   {"encoding", d.encoding},
                   {"profile", d.profile}};
  if (!d.site.empty()) out["site"] = d.site;
  if (!d.published.empty()) out["published"] = d.published;
  out["sections"] = d.sections;
  out["bytes"] = d.source_bytes;
  return out;
}

Result<ordered_json> StatsObject(store::IndexReader& reader) {
  const auto info = reader.Info();
  if (!info) return Pass(info);
  const auto totals = reader.ReadTotals();
  if (!totals) return Pass(totals);
  ordered_json out{{"documents", totals->documents},       {"sections", totals->sections},
                   {"source_bytes", totals->source_bytes}, {"text_bytes", totals->text_bytes},
                   {"duplicates", totals->duplicates},     {"advice", totals->advice}};
  for (const char* facet : {"language", "condition", "aspect", "site", "stance", "action"}) {
    const auto counts = reader.CountBy(facet);
    if (!counts) return Pass(counts);
    out[facet] = ordered_json::object();
    for (const auto& [value, count] : *counts) out[facet][value] = count;
  }
  out["versions"] = {{"program", info->program}, {"schema", info->schema},
                     {"icu", info->icu},         {"analyzer", info->analyzer},
                     {"rules", info->rules},     {"generation", info->generation}};
  return out;
}

}  // namespace sakuin::service

#include "query/service/documents.h"

#include <algorithm>
#include <tuple>

#include "indexer/model/language.h"
#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/contradictions/advice_json.h"
#include "query/results/to_json.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::Route;
using store::DocumentSummary;

bool Fits(const DocumentSummary& one, const std::vector<std::string>& languages,
          const std::vector<std::string>& sites) {
  const bool language =
      languages.empty() || std::any_of(languages.begin(), languages.end(), [&](const auto& wanted) {
        return model::LanguageMatches(wanted, one.language);
      });
  return language &&
         (sites.empty() || std::find(sites.begin(), sites.end(), one.site) != sites.end());
}

// A place in the order of the list: uri, then id.
std::string CursorOf(const DocumentSummary& one) { return ToCursor(one.uri + '\n' + one.id); }

Response Documents(const Request& request, service::Desk& desk) {
  auto all = desk.reader().ListDocuments();
  if (!all) return server::Problem(all.error());
  const auto languages = request.query.All("language");
  const auto sites = request.query.All("site");
  std::erase_if(*all, [&](const DocumentSummary& one) { return !Fits(one, languages, sites); });
  const auto limit = ReadNumber(request.query, "limit", 100, 0, 1000);
  if (!limit) return server::Problem(limit.error());
  auto first = all->begin();
  if (const std::string& after = request.query.Get("after"); !after.empty()) {
    const std::string place = FromCursor(after);
    const std::size_t split = place.rfind('\n');
    if (split == std::string::npos) {
      return server::Problem(422, "that is no cursor; `next` of an answer is one", "usage");
    }
    const std::string uri = place.substr(0, split);
    const std::string id = place.substr(split + 1);
    first = std::partition_point(all->begin(), all->end(), [&](const DocumentSummary& one) {
      return std::tie(one.uri, one.id) <= std::tie(uri, id);
    });
  }
  List list;
  list.head["total"] = all->size();
  list.key = "documents";
  const auto rest = static_cast<std::size_t>(all->end() - first);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(*limit, rest));
  for (auto at = first; at != last; ++at) list.items.push_back(service::SummaryObject(*at));
  if (last != all->end() && last != first) list.next = CursorOf(*(last - 1));
  if (FormatOf(request) == "csv") {
    list.csv = CsvOf(list.items, {"id", "uri", "title", "language", "encoding", "profile", "site",
                                  "published", "sections", "bytes"});
  }
  return Answer(request, std::move(list), "documents");
}

Response Shown(const Request& request, const service::Part& part) {
  const model::Document& d = part.document;
  if (FormatOf(request) == "markdown") {
    Response out;
    out.type = "text/markdown; charset=utf-8";
    model::Document shown = d;
    if (part.section >= 0) shown.sections = {d.sections[static_cast<std::size_t>(part.section)]};
    out.body = results::ToMarkdown(shown);
    return out;
  }
  if (part.section < 0) {
    return Answer(request, results::ToJson(d, contradictions::SectionAdvice, part.group));
  }
  const model::Section& section = d.sections[static_cast<std::size_t>(part.section)];
  return Answer(request,
                results::SectionToJson(d, section, contradictions::SectionAdvice, part.group));
}

Response Document(const Request& request, service::Desk& desk) {
  const auto part = service::FindPart(desk.reader(), request.captured.at("id"));
  if (!part) return server::Problem(part.error());
  if (part->section >= 0) {
    return server::Problem(404, "that is a section: /api/v1/sections/ has it", "not-found");
  }
  return Shown(request, *part);
}

Response Section(const Request& request, service::Desk& desk) {
  const auto part = service::FindPart(desk.reader(), request.captured.at("id"));
  if (!part) return server::Problem(part.error());
  if (part->section < 0) {
    return server::Problem(404, "a section's id is DOCUMENT#N, with %23 for #", "not-found");
  }
  return Shown(request, *part);
}

// As text that is saved, never shown: it is somebody else's page.
Response Source(const Request& request, service::Desk& desk) {
  const auto document = service::FindDocument(desk.reader(), request.captured.at("id"));
  if (!document) return server::Problem(document.error());
  auto source = desk.reader().ReadSource(document->id);
  if (!source) return server::Problem(source.error());
  if (!*source) {
    return server::Problem(404, "its source was not kept (--no-keep-source)", "not-found");
  }
  Response out;
  out.type = "text/plain";
  out.body = std::move((*source)->bytes);
  std::string name;
  for (const char c : document->id.substr(0, 64)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += plain || c == '-' ? c : '_';
  }
  out.Set("Content-Disposition", "attachment; filename=\"" + name + ".txt\"");
  return out;
}

}  // namespace

void AddDocuments(Endpoints& endpoints) {
  Route list = MakeGet("/api/v1/documents", "listDocuments",
                       "The documents in order of their addresses", "DocumentList", Documents);
  list.parameters = {Texts("language", "Only in this language; zh is both scripts"),
                     Texts("site", "Only from this site"),
                     Limit(100),
                     After("^(([0-9a-f]{2})*0a([0-9a-f]{2})*)?$"),
                     Fields(),
                     Formats({"json", "jsonl", "csv"})};
  endpoints.Add(std::move(list), Depends::kOnIndex);
  Route document =
      MakeGet("/api/v1/documents/{id}", "getDocument",
              "A document with its sections, tags and advice; the id's beginning will do",
              "Document", Document);
  Route section =
      MakeGet("/api/v1/sections/{id}", "getSection", "One section, DOCUMENT#N", "Section", Section);
  for (Route* const one : {&document, &section}) {
    one->parameters = {Fields(), Formats({"json", "markdown"})};
    endpoints.Add(std::move(*one), Depends::kOnIndex);
  }
  endpoints.Add(
      MakeGet("/api/v1/documents/{id}/source", "getSource",
              "The bytes that the document was read from, to be saved", "text/plain", Source),
      Depends::kOnIndex);
}

}  // namespace sakuin::api

#include "query/web/search/search_exports.h"

#include <algorithm>
#include <set>

#include "query/api/search_request.h"
#include "query/server/problem.h"
#include "query/web/article/citation.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kMostHits = 200;

// Blanks for line ends, and marks of Markdown as text.
std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<>#|&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

Citation ArticleOf(const results::Hit& hit) {
  const auto& record = hit.record;
  return {record.document_id, record.title, record.author,   record.site,
          record.published,   record.uri,   record.language, ""};
}

std::string Citing(const View& view, const results::Hit& hit) {
  const auto& record = hit.record;
  Citation citation = ArticleOf(hit);
  if (record.section.number > 0) citation.heading = record.section.heading;
  return PlainCitation(view.say, citation);
}

Result<results::SearchResult> Hits(const View& view) {
  auto asked = api::ReadSearchRequest(view.request.query, view.ui);
  if (!asked) return Pass(asked);
  if (!view.request.query.Has("limit")) asked->limit = kMostHits;
  asked->limit = std::min(asked->limit, kMostHits);
  asked->facets = false;
  return view.desk.Search(*asked);
}

server::Response File(std::string body, const char* type, const char* name) {
  server::Response out;
  out.type = type;
  out.body = std::move(body);
  out.Set("Content-Disposition", std::string("attachment; filename=\"") + name + "\"");
  return out;
}

}  // namespace

Html ExportLinks(const View& view, const SearchLinks& links) {
  const std::string api = links.Here("/api/v1/search");
  const std::string more = api.find('?') == std::string::npos ? "?" : "&";
  return Exports(view, {{api + more + "limit=1000&format=csv", "CSV"},
                        {api + more + "limit=1000", "JSON"},
                        {links.Here("/export/search.md"), "Markdown"},
                        {links.Here("/export/search.bib"), "BibTeX"},
                        {links.Feed(), view.say("export.feed")}});
}

server::Response ExportMarkdown(const View& view) {
  const auto result = Hits(view);
  if (!result) return server::Problem(result.error());
  std::string out = "# " +
                    Escaped(result->query.empty() ? view.say("search.title") : result->query) +
                    "\n\n" + view.say.Count("search.hits", result->total) + "\n";
  for (const results::Hit& hit : result->hits) {
    out += "\n## " + std::to_string(hit.rank) + ". " + Escaped(hit.record.title) + "\n\n";
    if (hit.record.section.number > 0) out += Escaped(hit.record.section.heading) + "\n\n";
    if (!hit.snippet.text.empty()) out += "> " + Escaped(hit.snippet.text) + "\n\n";
    out += "`" + hit.record.section.Id(hit.record.document_id) + "` " + Escaped(Citing(view, hit)) +
           "\n";
  }
  out += "\n" + view.say("no-advice") + "\n";
  return File(std::move(out), "text/markdown; charset=utf-8", "sakuin-search.md");
}

server::Response ExportBibTeX(const View& view) {
  const auto result = Hits(view);
  if (!result) return server::Problem(result.error());
  std::string out;
  std::set<std::string> told;
  for (const results::Hit& hit : result->hits) {
    if (told.insert(hit.record.document_id).second) out += BibTeX(ArticleOf(hit));
  }
  return File(std::move(out), "application/x-bibtex; charset=utf-8", "sakuin-search.bib");
}

}  // namespace sakuin::web

// What the knowledge base was made from.

#include <algorithm>
#include <memory>

#include "query/api/search_request.h"
#include "query/server/problem.h"
#include "query/web/pages.h"
#include "query/web/search/holdings.h"
#include "query/web/sources/ingest_report.h"

namespace sakuin::web {
namespace {

constexpr std::size_t kPageSize = 50;
constexpr std::size_t kMostSites = 200;
constexpr std::size_t kMostPages = 1'000'000;

std::string Address(server::Parameters query, const char* name, const std::string& value) {
  if (value.empty()) {
    query.Remove(name);
  } else {
    query.Set(name, value);
  }
  if (std::string_view(name) != "page") query.Remove("page");
  const std::string text = query.Print();
  return "/sources" + (text.empty() ? "" : "?" + text);
}

struct Asked {
  store::DocumentQuery query;
  std::size_t page = 1;
};

Result<Asked> Read(const View& view) {
  const server::Parameters& given = view.request.query;
  Asked out;
  out.query.contains = given.Get("contains");
  out.query.language = given.Get("language");
  out.query.site = given.Get("site");
  const std::string& sort = given.Get("sort");
  const auto order = std::find(store::kDocumentOrders.begin(), store::kDocumentOrders.end(), sort);
  if (!sort.empty() && order == store::kDocumentOrders.end()) {
    return Fail(ErrorCode::kUsage, "sort is uri, title or published");
  }
  if (!sort.empty()) {
    out.query.order = static_cast<store::DocumentOrder>(order - store::kDocumentOrders.begin());
  }
  const auto page = api::ReadNumber(given, "page", 1, 1, kMostPages);
  if (!page) return Pass(page);
  out.page = *page;
  out.query.limit = kPageSize;
  out.query.offset = static_cast<std::int64_t>((*page - 1) * kPageSize);
  return out;
}

using Choices = std::vector<std::pair<std::string, std::string>>;  // value and text

Html Select(const std::string& name, const char* id, const std::string& label,
            const std::string& any, const Choices& choices, const std::string& now) {
  Html options = Tag("option").Set("value", "")(any);
  for (const auto& [value, text] : choices) {
    options += Tag("option").Set("value", value).Flag("selected", value == now)(text);
  }
  return Tag("div").Class("field")(Tag("label").Set("for", id)(label),
                                   Tag("select").Set("id", id).Set("name", name)(options));
}

// Where there are too many to choose from, the name is typed.
Html SiteField(const View& view, const Holdings& holdings, const std::string& now) {
  if (holdings.sites.empty()) return {};
  if (holdings.sites.size() > kMostSites) {
    return Tag("div").Class("field")(
        Tag("label").Set("for", "site")(view.say("facet.site")),
        Tag("input").Set("id", "site").Set("name", "site").Set("type", "text").Set("value", now)());
  }
  Choices sites;
  for (const auto& [site, count] : holdings.sites) sites.emplace_back(site, site);
  return Select("site", "site", view.say("facet.site"), view.say("sources.any"), sites, now);
}

Html FilterForm(const View& view, const Holdings& holdings, const Asked& asked) {
  const Messages& say = view.say;
  Choices languages;
  for (const auto& [language, count] : holdings.languages) {
    languages.emplace_back(language, view.LanguageName(language));
  }
  const std::string& sort = view.request.query.Get("sort");
  Html kept;
  if (!sort.empty()) {
    kept = Tag("input").Set("type", "hidden").Set("name", "sort").Set("value", sort)();
  }
  return Tag("form")
      .Class("filter-form")
      .Set("method", "get")
      .Set("action", "/sources")(
          Tag("div").Class("field grow")(
              Tag("label").Set("for", "contains")(say("sources.contains")),
              Tag("input")
                  .Set("id", "contains")
                  .Set("name", "contains")
                  .Set("type", "search")
                  .Set("maxlength", "200")
                  .Set("value", asked.query.contains)()),
          Select("language", "language", say("facet.language"), say("sources.any"), languages,
                 asked.query.language),
          SiteField(view, holdings, asked.query.site), kept,
          Tag("button").Class("main").Set("type", "submit")(say("sources.filter")));
}

Html Row(const View& view, const store::DocumentSummary& one) {
  const std::string day = one.published.substr(0, 10);
  return Tag("tr")(
      Tag("td")(Tag("a")
                    .Set("href", DocumentAddress(one.id))
                    .Lang(one.language)(one.title.empty() ? one.id : one.title),
                Tag("div").Class("uri soft small")(Tag("bdi")(one.uri))),
      Tag("td")(view.LanguageName(one.language)), Tag("td")(Tag("bdi")(one.site)),
      Tag("td").Class("day")(day.empty() ? Html() : Tag("time").Set("datetime", day)(day)),
      Tag("td").Class("number")(std::to_string(one.sections)),
      Tag("td")(Tag("a").Set("href", DocumentAddress(one.id) + "?original=1")(
          view.say("sources.stripped"), Tag("span").Class("hidden")(": " + one.title))));
}

// A column's name; a link where the table can be ordered by it.
Html Column(const View& view, const char* key, const char* sort) {
  if (sort == nullptr) return Tag("th").Set("scope", "col")(view.say(key));
  const std::string& now = view.request.query.Get("sort");
  const bool on = now == sort || (now.empty() && std::string_view(sort) == "uri");
  Tag cell("th");
  cell.Set("scope", "col");
  if (on) cell.Set("aria-sort", std::string_view(sort) == "published" ? "descending" : "ascending");
  return cell(
      Tag("a").Class("sort").Set("href", Address(view.request.query, "sort", sort))(view.say(key)));
}

Html Table(const View& view, const store::DocumentPage& page) {
  Html rows;
  for (const store::DocumentSummary& one : page.documents) rows += Row(view, one);
  const Html head = Tag("thead")(Tag("tr")(
      Column(view, "sources.title-column", "title"), Column(view, "facet.language", nullptr),
      Column(view, "facet.site", nullptr), Column(view, "source.published", "published"),
      Column(view, "sources.sections", nullptr), Column(view, "sources.original-column", nullptr)));
  return Tag("div")
      .Class("scroll")
      .Set("tabindex", "0")
      .Set("role", "region")
      .Set("aria-label",
           view.say("sources.title"))(Tag("table").Class("documents")(head, Tag("tbody")(rows)));
}

Html Pages(const View& view, const Asked& asked, std::int64_t total) {
  Html out;
  const auto link = [&](std::size_t page, const char* key, const char* rel) {
    return Tag("a")
        .Class("button")
        .Set("rel", rel)
        .Set("href", Address(view.request.query, "page", std::to_string(page)))(view.say(key));
  };
  if (asked.page > 1) out += link(asked.page - 1, "sources.previous-page", "prev");
  if (asked.query.offset + asked.query.limit < total) {
    out += link(asked.page + 1, "sources.next-page", "next");
  }
  if (out.empty()) return out;
  return Tag("nav").Class("pages").Set("aria-label", view.say("search.pages"))(out);
}

// The list as the API has it, which knows no part of a title.
Html ExportLinks(const View& view, const Asked& asked) {
  if (!asked.query.contains.empty()) return {};
  server::Parameters query;
  if (!asked.query.language.empty()) query.Add("language", asked.query.language);
  if (!asked.query.site.empty()) query.Add("site", asked.query.site);
  query.Add("limit", "1000");
  const std::string api = "/api/v1/documents?" + query.Print();
  return Exports(view, {{api + "&format=csv", "CSV"}, {api, "JSON"}});
}

server::Response Show(const View& view, HoldingsCache& cache) {
  const auto asked = Read(view);
  if (!asked) return server::Problem(asked.error());
  const auto found = view.desk.reader().FindDocuments(asked->query);
  if (!found) return server::Problem(found.error());
  const auto runs = view.desk.reader().ReadRuns();
  if (!runs) return server::Problem(runs.error());
  const auto holdings = cache.Now(view.desk);
  if (!holdings) return server::Problem(holdings.error());
  Page page;
  page.title = view.say("sources.title");
  page.current = "sources";
  page.styles = {"sources.css"};
  page.main = Tag("h1")(page.title) + FilterForm(view, **holdings, *asked);
  page.main += Tag("p").Class("soft")(
      view.say.Count("start.documents", static_cast<std::size_t>(found->total)), " ",
      Tag("a").Set("href", "#log")(view.say("log.title")));
  if (!found->documents.empty()) page.main += Table(view, *found);
  page.main += Pages(view, *asked, found->total);
  if (!found->documents.empty()) page.main += ExportLinks(view, *asked);
  page.main += IngestReport(view, *runs);
  return Render(view, std::move(page));
}

}  // namespace

void AddSourcesPage(server::Site& site, const Web& web) {
  const auto cache = std::make_shared<HoldingsCache>();
  site.router().Add({"GET",
                     "/sources",
                     "sourcesPage",
                     "All articles, and what the last ingests did",
                     {},
                     "text/html",
                     [&web, cache](const server::Request& request, service::Desk& desk) {
                       return Show(View(request, desk, web), *cache);
                     }});
}

}  // namespace sakuin::web

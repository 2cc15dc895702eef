// Search: the box, the hits, why each was found.

#include <memory>

#include "query/api/search_request.h"
#include "query/server/problem.h"
#include "query/web/keys.h"
#include "query/web/pages.h"
#include "query/web/search/empty_state.h"
#include "query/web/search/facets.h"
#include "query/web/search/hit_list.h"
#include "query/web/search/search_exports.h"
#include "query/web/search/search_links.h"
#include "query/web/search/start_page.h"

namespace sakuin::web {
namespace {

// One of a few choices, the present one marked.
Html Choice(const View& view, const char* title, const SearchLinks& links, const char* name,
            std::initializer_list<std::pair<const char*, const char*>> choices) {
  const std::string now = links.parameters().Get(name);
  Html items;
  for (const auto& [value, key] : choices) {
    Tag link("a");
    const bool first = value == choices.begin()->first;
    link.Set("href", first ? links.Without(name) : links.Only(name, value));
    if (now == value || (now.empty() && first)) link.Set("aria-current", "true");
    items += Tag("li")(link(view.say(key)));
  }
  return Tag("nav").Class("choice").Set("aria-label", view.say(title))(
      Tag("span").Class("soft").Set("aria-hidden", "true")(view.say(title)), Tag("ul")(items));
}

Html Choices(const View& view, const SearchLinks& links) {
  return Tag("div").Class("choices")(
      Choice(view, "sort.title", links, "sort",
             {{"relevance", "sort.relevance"}, {"date", "sort.date"}, {"title", "sort.by-title"}}),
      Choice(view, "by.title", links, "by",
             {{"section", "by.section"}, {"document", "by.document"}}),
      Choice(view, "exact.title", links, "exact", {{"0", "exact.off"}, {"1", "exact.on"}}));
}

Html Notes(const View& view, const SearchLinks& links, const results::SearchResult& result) {
  Html out;
  if (!result.suggestion.empty()) {
    out += Tag("p").Class("notice")(
        view.say("search.did-you-mean"), " ",
        Tag("a").Set("href", links.Query(result.suggestion))(Tag("b")(result.suggestion)));
  }
  if (result.relaxed) {
    out += Tag("p").Class("notice")(result.strict == 0
                                        ? view.say("search.relaxed")
                                        : view.say.Count("search.relaxed-after", result.strict));
  }
  Html notes;
  for (const std::string& note : result.notes) notes += Tag("li").Lang("en")(note);
  if (!notes.empty()) {
    out += Tag("ul").Class("notes").Set("aria-label", view.say("search.notes"))(notes);
  }
  if (result.folded > 0) {
    out += Tag("p").Class("soft small")(
        view.say.Count("search.folded", result.folded), " ",
        Tag("a").Set("href", links.Only("duplicates", "1"))(view.say("search.unfold")));
  }
  return out;
}

Html Pages(const View& view, const SearchLinks& links, const results::SearchResult& result) {
  Html out;
  if (!view.request.query.Get("after").empty()) {
    out += Tag("a").Class("button").Set("href", links.Here())(view.say("search.first"));
  }
  if (!result.next.empty()) {
    out += Tag("a")
               .Class("button main")
               .Set("rel", "next")
               .Set("href", links.Next(result.next))(view.say("search.next"));
  }
  if (out.empty()) return out;
  return Tag("nav").Class("pages").Set("aria-label", view.say("search.pages"))(out);
}

Html Found(const View& view, const SearchLinks& links, const results::SearchRequest& asked,
           const results::SearchResult& result) {
  const char* const counted = asked.by_document ? "search.documents" : "search.hits";
  Html count = result.total == 0 ? view.say("search.none") : view.say.Count(counted, result.total);
  Html hits = Tag("h1").Class("count-line")(count);
  hits += ActiveFilters(view, links);
  if (result.total > 0) hits += Choices(view, links);
  hits += Notes(view, links, result);
  hits += result.total == 0 ? WaysOut(view, links, asked) : HitList(view, links, result);
  hits += Pages(view, links, result);
  if (result.total > 0) hits += ExportLinks(view, links);
  const Html facets = Facets(view, links, result);
  return Tag("div").Class(facets.empty() ? "search" : "columns search")(
      facets, Tag("div").Class("results")(hits));
}

server::Response Search(const View& view, HoldingsCache& holdings) {
  const auto asked = api::ReadSearchRequest(view.request.query, view.ui);
  if (!asked) return server::Problem(asked.error());
  Page page;
  page.title = asked->query.empty() ? view.say("search.title") : asked->query;
  page.current = "search";
  page.query = asked->query;
  page.styles = {"search.css"};
  if (asked->query.empty() && asked->filters.empty()) {
    const auto now = holdings.Now(view.desk);
    if (!now) return server::Problem(now.error());
    page.main = StartPage(view, **now);
    return Render(view, std::move(page));
  }
  const auto result = view.desk.Search(*asked);
  if (!result) return server::Problem(result.error());
  const SearchLinks links(view.request.query);
  page.kept = links.Kept();
  page.main = Found(view, links, *asked, *result);
  if (!result->hits.empty()) {
    page.main += KeysHelp(view, {{"j", "keys.next-hit"}, {"k", "keys.previous-hit"}});
  }
  page.head = Tag("link")
                  .Set("rel", "alternate")
                  .Set("type", "application/atom+xml")
                  .Set("title", page.title)
                  .Set("href", links.Feed())();
  return Render(view, std::move(page));
}

}  // namespace

void AddSearchPage(server::Site& site, const Web& web) {
  // Shared by all threads, as long as the route is there.
  const auto holdings = std::make_shared<HoldingsCache>();
  site.router().Add({"GET",
                     "/",
                     "searchPage",
                     "The search page",
                     {},
                     "text/html",
                     [&web, holdings](const server::Request& request, service::Desk& desk) {
                       return Search(View(request, desk, web), *holdings);
                     }});
  site.router().Add({"GET",
                     "/export/search.md",
                     "exportSearchMarkdown",
                     "Hits as Markdown",
                     {},
                     "text/markdown",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return ExportMarkdown(View(request, desk, web));
                     }});
  site.router().Add({"GET",
                     "/export/search.bib",
                     "exportSearchBibTeX",
                     "The articles of the hits as BibTeX",
                     {},
                     "application/x-bibtex",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return ExportBibTeX(View(request, desk, web));
                     }});
}

}  // namespace sakuin::web

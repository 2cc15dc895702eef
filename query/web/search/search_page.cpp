// Search: the box, the hits, why each was found.

#include "query/api/search_request.h"
#include "query/server/problem.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

Html HitItem(const View& view, const results::Hit& hit) {
  const backend::HitRecord& record = hit.record;
  const std::string& language =
      record.section.language.empty() ? record.language : record.section.language;
  return Tag("li").Class("hit")(
      Tag("h2")(Tag("a")
                    .Set("href", SectionAddress(record.document_id, record.section.number))
                    .Lang(record.language)(record.title)),
      Tag("p").Class("path")(In(language, record.section.heading), " ",
                             view.LanguageName(language)),
      Tag("p").Class("snippet").Lang(language)(Marked(hit.snippet.text, hit.snippet.highlights)));
}

server::Response Search(const server::Request& request, service::Desk& desk, const Web& web) {
  const View view(request, desk, web);
  const auto asked = api::ReadSearchRequest(request.query, view.ui);
  if (!asked) return server::Problem(asked.error());
  Page page;
  page.title = asked->query.empty() ? view.say("search.title") : asked->query;
  page.current = "search";
  page.query = asked->query;
  if (asked->query.empty() && asked->filters.empty()) {
    page.main = Tag("p")(view.say("search.start"));
    return Render(view, std::move(page));
  }
  const auto result = desk.Search(*asked);
  if (!result) return server::Problem(result.error());
  page.main = Tag("h1")(result->total == 0 ? view.say("search.none")
                                           : view.say.Count("search.hits", result->total));
  Html hits;
  for (const results::Hit& hit : result->hits) hits += HitItem(view, hit);
  page.main += Tag("ol").Class("hits")(hits);
  if (!result->next.empty()) {
    server::Parameters next = request.query;
    next.Set("after", result->next);
    page.main +=
        Tag("p").Class("pages")(Tag("a")
                                    .Class("button")
                                    .Set("rel", "next")
                                    .Set("href", "/?" + next.Print())(view.say("search.next")));
  }
  return Render(view, std::move(page));
}

}  // namespace

void AddSearchPage(server::Site& site, const Web& web) {
  site.router().Add({"GET",
                     "/",
                     "searchPage",
                     "The search page",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return Search(request, desk, web);
                     }});
}

}  // namespace sakuin::web

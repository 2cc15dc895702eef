#include "query/web/pages.h"

#include <nlohmann/json.hpp>

#include "query/web/login.h"

namespace sakuin::web {

void AddPages(server::Site& site, const Web& web) {
  site.router().Add({"GET",
                     "/assets/{file}",
                     "asset",
                     "A style sheet, script or picture",
                     {},
                     "asset",
                     [&web](const server::Request& request, service::Desk&) {
                       return web.assets().Answer(request, request.captured.at("file"));
                     }});
  AddSearchPage(site, web);
  AddArticlePage(site, web);
  AddSourcesPage(site, web);
  AddContradictionList(site, web);
  AddContradictionPage(site, web);
  AddVerdicts(site, web);
  AddConditionTree(site, web);
  AddConditionPage(site, web);
  AddLogin(site, web);
  // Not the page of one finding: its form is its reader's own.
  for (const char* const id :
       {"searchPage", "articlePage", "contradictionsPage", "conditionsPage", "conditionPage"}) {
    site.router().Share(id, server::SharedBy::kFindings, {kUiCookie});
  }
  site.SetErrorPage(
      [&web](const server::Request& request, service::Desk& desk, const server::Response& problem) {
        const View view(request, desk, web);
        Page page;
        page.status = problem.status;
        page.title = view.say("error." + std::to_string(problem.status));
        if (page.title.starts_with("error.")) page.title = view.say("error.other");
        const auto said = nlohmann::json::parse(problem.body, nullptr, false);
        std::string detail = said.is_object() ? said.value("detail", "") : "";
        page.main =
            Tag("h1")(page.title) +
            (page.status == 401 ? Tag("p")(view.say("login.help")) : Tag("p").Lang("en")(detail)) +
            Tag("p")(page.status == 401 ? LoginLink(view)
                                        : Tag("a").Set("href", "/")(view.say("error.home")));
        const std::string& again = problem.Header("Retry-After");
        if (again.empty()) return Render(view, std::move(page));
        // It comes by itself, also without scripts.
        page.main += Tag("p")(view.say("error.again"));
        page.head = Tag("meta").Set("http-equiv", "refresh").Set("content", again)();
        server::Response out = Render(view, std::move(page));
        out.Set("Retry-After", again);
        return out;
      });
}

}  // namespace sakuin::web

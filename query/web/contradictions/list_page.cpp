// The list of findings: where they gather, what it can be narrowed by, the most serious first.

#include "query/api/search_request.h"
#include "query/contradictions/compare.h"
#include "query/contradictions/decisions/states.h"
#include "query/server/problem.h"
#include "query/web/contradictions/facets.h"
#include "query/web/contradictions/matrix.h"
#include "query/web/contradictions/notice.h"
#include "query/web/contradictions/parts.h"
#include "query/web/keys.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

using contradictions::SelectedFinding;
using contradictions::Tension;

constexpr std::size_t kPageSize = 20;
constexpr std::size_t kMostOnPage = 500;

Html Quote(const View& view, const store::AdviceRecord& record) {
  const bool is_for = contradictions::IsFor(record.advice);
  return Tag("div").Class(is_for ? "short for-it" : "short against-it")(
      Direction(view, is_for),
      Tag("div")(Tag("blockquote").Lang(record.language)(QuoteOf(record)),
                 Tag("p").Class("path").Lang(record.language)(record.title)));
}

Html Item(const View& view, const service::Findings& findings, const Asked& asked,
          const SelectedFinding& one) {
  const Tension& top = *one.tensions[0];
  const std::string state = contradictions::StateOf(top);
  Html marks =
      SeverityMark(view, top.severity) + Tag("span").Class("tag")(KindName(view, top.kind));
  if (state != "open") marks += Tag("span").Class("tag state")(StateName(view, state));
  return Tag("li").Class("finding")(
      Tag("div").Class("marks")(marks),
      Tag("h2")(Tag("a").Set("href", asked.Address(FindingAddress(one.finding->id)))(
          ActionsOf(view, top, findings), " ",
          Tag("span").Class("about")(ConditionOf(view, top.condition)))),
      Tag("p").Class("soft small")(SourcesOf(view, *one.finding, top, findings), " \u00B7 ",
                                   LanguagesName(view, LanguagesOf(top, findings))),
      Tag("div").Class("shorts")(Quote(view, findings.RecordA(top)),
                                 Quote(view, findings.RecordB(top))));
}

Html Empty(const View& view, const service::Findings& findings, const Asked& asked) {
  if (findings.found.findings.empty()) {
    return Tag("p").Class("panel")(view.say("contradictions.none.yet"));
  }
  const bool only_decided = asked.empty();
  return Tag("p").Class("panel")(
      view.say(only_decided ? "contradictions.all-decided" : "contradictions.none"), " ",
      Tag("a").Set("href", only_decided ? "/contradictions?state=all" : "/contradictions")(
          view.say(only_decided ? "contradictions.show-decided" : "contradictions.clear")));
}

Html Paging(const View& view, const Asked& asked, const contradictions::FindingPage& found,
            bool is_first) {
  if (found.next.empty() && is_first) return {};
  Html links;
  if (!is_first) {
    links += Tag("a").Class("button").Set(
        "href", asked.Address("/contradictions"))(view.say("contradictions.first-page"));
  }
  if (!found.next.empty()) {
    server::Parameters next = server::Parameters::Parse(asked.Query());
    next.Set("after", found.next);
    links +=
        Tag("a")
            .Class("button")
            .Set("rel", "next")
            .Set("href", "/contradictions?" + next.Print())(view.say("contradictions.next-page"));
  }
  return Tag("p").Class("pages")(links);
}

// All pairs of the findings that are listed, where the API has these filters too.
Html ExportLinks(const View& view, const Asked& asked) {
  const std::string query = asked.ApiQuery(view.ui);
  if (query.empty()) return {};
  const std::string pairs = "/api/v1/contradictions?" + query + "&limit=1000";
  return Exports(view, {{pairs + "&format=csv", "CSV"},
                        {pairs, "JSON"},
                        {"/feed/contradictions?" + query, view.say("export.feed")}});
}

server::Response List(const server::Request& request, service::Desk& desk, const Web& web) {
  const View view(request, desk, web);
  const auto now = desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  const service::Findings& findings = **now;
  const Asked asked = Asked::Read(request.query);
  const auto selected = Select(view, findings, asked);
  const auto limit = api::ReadNumber(request.query, "limit", kPageSize, 1, kMostOnPage);
  if (!limit) return server::Problem(limit.error());
  const std::string& after = request.query.Get("after");
  const auto found = contradictions::PageOfFindings(selected, {*limit, after});
  if (!found) return server::Problem(found.error());

  Html items;
  for (const SelectedFinding* const one : found->findings) {
    items += Item(view, findings, asked, *one);
  }
  Page page;
  page.title = view.say("contradictions.title");
  page.current = "contradictions";
  page.styles = {"contradictions.css"};
  page.modules = {"contradictions.js"};
  page.main = Notice(view, findings, asked);
  page.main += Tag("header").Class("lead")(
      Tag("h1")(page.title),
      Tag("p").Class("soft")(
          Tag("strong").Set("id", "count")(view.say.Count("contradictions.count", found->total)),
          " \u00B7 ", view.say.Count("contradictions.compared", findings.list->witnesses.size())));
  if (after.empty() && asked.cell.empty()) {
    page.main += MatrixPart(view, asked, CountMatrix(selected));
  }
  Html list = ActiveFilters(view, asked);
  list += items.empty() ? Empty(view, findings, asked)
                        : Tag("ol").Class("findings").Set("data-walk", "")(items);
  list += Paging(view, asked, *found, after.empty());
  if (!items.empty()) list += ExportLinks(view, asked);
  page.main += Tag("div").Class("columns")(FacetsPart(view, findings, asked), Tag("div")(list));
  page.main +=
      view.web.guard().read_only()
          ? KeysHelp(view, {{"j", "keys.next"}, {"k", "keys.previous"}})
          : KeysHelp(view, {{"j", "keys.next"}, {"k", "keys.previous"}, {"u", "keys.undo"}});
  return Render(view, std::move(page));
}

}  // namespace

void AddContradictionList(server::Site& site, const Web& web) {
  site.router().Add({"GET",
                     "/contradictions",
                     "contradictionsPage",
                     "Findings, the most serious first, by condition and action",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return List(request, desk, web);
                     }});
}

}  // namespace sakuin::web

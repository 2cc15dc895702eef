// One condition: its names, its place, where the articles speak of it, who advises what.

#include <map>
#include <set>

#include "query/server/problem.h"
#include "query/service/condition_browser.h"
#include "query/web/conditions/concept.h"
#include "query/web/conditions/positions.h"
#include "query/web/contradictions/asked.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

using model::Concept;
using plan::FilterField;

std::string SearchAddress(const std::string& condition, const std::string& aspect,
                          const std::string& language) {
  server::Parameters query;
  query.Add("condition", condition);
  if (!aspect.empty()) query.Add("aspect", aspect);
  if (!language.empty()) query.Add("language", language);
  return "/?" + query.Print();
}

// How many sections speak of each aspect in each language, counted as the search counts them.
struct Spread {
  std::vector<std::string> languages;
  std::map<std::string, std::map<std::string, std::int64_t>> aspects;  // by aspect, by language
  std::map<std::string, std::size_t> totals;                           // by language
};

std::map<std::string, std::int64_t> FacetOf(const results::SearchResult& result,
                                            const std::string& facet) {
  const auto found = result.facets.find(facet);
  if (found == result.facets.end()) return {};
  return {found->second.begin(), found->second.end()};
}

Result<Spread> ReadSpread(service::Desk& desk, const std::string& condition) {
  Spread out;
  results::SearchRequest all;
  all.filters.push_back({FilterField::kCondition, {condition}});
  all.limit = 0;
  const auto found = desk.engine().Search(all);
  if (!found) return Pass(found);
  for (const auto& [language, count] : FacetOf(*found, "language")) {
    if (count > 0 && !language.empty()) out.languages.push_back(language);
  }
  for (const std::string& language : out.languages) {
    results::SearchRequest one = all;
    one.filters.push_back({FilterField::kLanguage, {language}});
    const auto here = desk.engine().Search(one);
    if (!here) return Pass(here);
    out.totals[language] = here->total;
    for (const auto& [aspect, count] : FacetOf(*here, "aspect"))
      out.aspects[aspect][language] = count;
  }
  return out;
}

Html SpreadPart(const View& view, const Spread& spread, const std::string& condition) {
  if (spread.languages.empty()) return {};
  Html head = Tag("th").Set("scope", "col")(view.say("condition.aspect"));
  Html all = Tag("th").Set("scope", "row")(view.say("condition.any-aspect"));
  for (const std::string& language : spread.languages) {
    head += Tag("th").Set("scope", "col").Class("number")(view.LanguageName(language));
    all += Tag("td").Class("number")(Tag("a").Set("href", SearchAddress(condition, "", language))(
        std::to_string(spread.totals.at(language))));
  }
  Html rows = Tag("tr")(all);
  for (const auto& [aspect, counts] : spread.aspects) {
    Html cells = Tag("th").Set("scope", "row")(view.Aspect(aspect));
    for (const std::string& language : spread.languages) {
      const auto found = counts.find(language);
      const bool none = found == counts.end() || found->second == 0;
      cells += Tag("td").Class("number")(
          none ? Html()
               : Tag("a").Set("href", SearchAddress(condition, aspect, language))(
                     std::to_string(found->second)));
    }
    rows += Tag("tr")(cells);
  }
  return Tag("section")(Tag("h2").Set("id", "spread")(view.say("condition.found-in")),
                        Tag("div")
                            .Class("scroll")
                            .Set("tabindex", "0")
                            .Set("role", "region")
                            .Set("aria-labelledby", "spread")(Tag("table").Class("spread")(
                                Tag("thead")(Tag("tr")(head)), Tag("tbody")(rows))));
}

Html Head(const View& view, const results::ConditionTree& tree, const Concept& found,
          std::size_t disputed) {
  const results::ConditionCount& count = tree.Count(found.id);
  Html facts =
      Tag("a").Set("href", SearchAddress(found.id, "", ""))(
          view.say.Count("conditions.sections", static_cast<std::size_t>(count.all.sections))) +
      " \u00B7 " +
      view.say.Count("conditions.documents", static_cast<std::size_t>(count.all.documents));
  if (disputed > 0) {
    facts += " \u00B7 ";
    facts += Tag("a").Set("href", "/contradictions?condition=" + server::Encode(found.id))(
        view.say.Count("conditions.contradictions", disputed));
  }
  facts += Tag("a").Class("to-advice").Set("href", "#advice")(view.say("condition.positions"));
  return Tag("header").Class("lead")(
      Tag("p").Class("trail")(Tag("a").Set("href", "/conditions")(view.say("conditions.title"))),
      Tag("h1")(view.Label(found.id)), Tag("p").Class("soft")(facts));
}

server::Response ConceptPage(const server::Request& request, service::Desk& desk, const Web& web) {
  const View view(request, desk, web);
  const std::string& id = request.captured.at("id");
  const Concept* const found = desk.library().rules()->thesaurus().Find(id);
  if (found == nullptr) return server::Problem(404, "no thesaurus knows this concept", "not-found");
  const auto findings = desk.FindingsNow();
  if (!findings) return server::Problem(findings.error());
  const auto spread = ReadSpread(desk, id);
  if (!spread) return server::Problem(spread.error());
  const auto positions = PositionsPart(view, **findings, id);
  if (!positions) return server::Problem(positions.error());
  service::ConditionBrowser browser(desk.searcher());
  if (const Status read = browser.Read({}); !read) return server::Problem(read.error());
  const results::ConditionTree tree = browser.Tree({view.ui, true, -1});
  Asked asked;
  asked.condition = id;

  Page page;
  page.title = view.Label(id);
  page.current = "conditions";
  page.styles = {"conditions.css"};
  page.main = Head(view, tree, *found, Select(view, **findings, asked).size());
  page.main += Tag("div").Class("concept")(
      Tag("div").Class("about")(MeaningPart(view, *found), NamesPart(view, *found),
                                PlacePart(view, tree, *found), SpreadPart(view, *spread, id)),
      Tag("section").Class("advice").Set("id", "advice")(Tag("h2")(view.say("condition.positions")),
                                                         *positions));
  return Render(view, std::move(page));
}

}  // namespace

void AddConditionPage(server::Site& site, const Web& web) {
  site.router().Add({"GET",
                     "/conditions/{id}",
                     "conditionPage",
                     "One condition: names, place, sections and positions",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       return ConceptPage(request, desk, web);
                     }});
}

}  // namespace sakuin::web

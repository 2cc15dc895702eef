// One finding: both quotes, what is compared, who else says so, and the verdict.

#include "query/web/contradictions/finding_page.h"

#include "query/contradictions/decisions/states.h"
#include "query/server/problem.h"
#include "query/web/contradictions/evidence.h"
#include "query/web/contradictions/notice.h"
#include "query/web/contradictions/parts.h"
#include "query/web/keys.h"
#include "query/web/pages.h"

namespace sakuin::web {
namespace {

Html Trail(const View& view, const Asked& asked, const Neighbours& near) {
  const auto step = [&](const contradictions::Finding* to, const char* rel, const char* key) {
    const std::string text = view.say(key);
    if (to == nullptr) return Tag("span").Class("button off").Set("aria-hidden", "true")(text);
    return Tag("a")
        .Class("button")
        .Set("rel", rel)
        .Set("href", asked.Address(FindingAddress(to->id)))(text);
  };
  Html place;
  if (near.place > 0) {
    place = Tag("span").Class("soft")(
        view.say("finding.position",
                 {{"n", std::to_string(near.place)}, {"all", std::to_string(near.all)}}));
  }
  return Tag("nav").Class("trail").Set("aria-label", view.say("finding.walk"))(
      Tag("a").Class("back").Set("href", asked.Address("/contradictions"))(
          Tag("span").Set("aria-hidden", "true")("\u2190 "), view.say("finding.back")),
      place, step(near.previous, "prev", "finding.previous"),
      step(near.next, "next", "finding.next"),
      Tag("a").Class("to-decide").Set("href", "#decide")(view.say("finding.to-decide")));
}

Html Head(const View& view, const service::Findings& findings, const Case& found) {
  const contradictions::Tension& shown = *found.shown;
  const auto& phrases = view.desk.library().Reasons(view.ui).phrases();
  const std::string state = contradictions::StateOf(shown);
  Html marks =
      SeverityMark(view, shown.severity) + Tag("span").Class("tag")(KindName(view, shown.kind));
  if (state != "open") marks += Tag("span").Class("tag state")(StateName(view, state));
  Html out = Tag("div").Class("marks")(marks) +
             Tag("h1")(ActionsOf(view, shown, findings), " ",
                       Tag("span").Class("about")(ConditionOf(view, shown.condition))) +
             Tag("p").Class("soft")(SourcesOf(view, *found.finding, shown, findings), " \u00B7 ",
                                    phrases.Say("ui.code." + shown.code));
  if (found.is_pair && found.finding->tensions.size() > 1) {
    out +=
        Tag("p").Class("small")(view.say.Count("finding.pair-of", found.finding->tensions.size()));
  }
  return Tag("header").Class("finding-head")(out);
}

Html Keys(const View& view) {
  if (view.web.guard().read_only()) {
    return KeysHelp(view, {{"j", "keys.next"}, {"k", "keys.previous"}});
  }
  return KeysHelp(view, {{"j", "keys.next"},
                         {"k", "keys.previous"},
                         {"1 2 3 4 5 6", "keys.verdict"},
                         {"u", "keys.undo"},
                         {"e", "keys.note"}});
}

// Its sentences were edited, or their article is gone.
server::Response Gone(const View& view, const Asked& asked) {
  Page page;
  page.status = 404;
  page.title = view.say("error.404");
  page.current = "contradictions";
  page.styles = {"contradictions.css"};
  page.main = Tag("h1")(page.title) + Tag("p")(view.say("finding.gone")) +
              Tag("p")(Tag("a").Class("button").Set(
                  "href", asked.Address("/contradictions"))(view.say("finding.back")));
  return Render(view, std::move(page));
}

}  // namespace

server::Response FindingPage(const View& view, const std::string& id, const Asked& asked,
                             const Draft& draft) {
  const auto now = view.desk.FindingsNow();
  if (!now) return server::Problem(now.error());
  const service::Findings& findings = **now;
  const auto found = ReadCase(view, findings, id);
  if (!found && found.error().code == ErrorCode::kNotFound) return Gone(view, asked);
  if (!found) return server::Problem(found.error());
  const auto list = Select(view, findings, asked);
  Page page;
  page.status = draft.error.empty() ? 200 : 422;
  page.title = TopicOf(view, *found->shown, findings);
  page.current = "contradictions";
  page.styles = {"contradictions.css"};
  page.modules = {"contradictions.js"};
  page.main = Trail(view, asked, NeighboursOf(findings, list, *found->finding));
  page.main += Notice(view, findings, asked);
  page.main += Head(view, findings, *found) + ChangedPart(view, *found);
  page.main += Tag("div").Class("case").Set("data-keys", "finding")(
      Tag("div").Class("evidence")(SidesPart(view, *found), ComparisonPart(view, *found)),
      DecisionPart(view, findings, *found, asked, draft),
      Tag("div").Class("further")(WitnessesPart(view, findings, *found, asked),
                                  TimelinePart(view, *found), HistoryPart(view, findings, *found)));
  page.main += Keys(view);
  return Render(view, std::move(page));
}

void AddContradictionPage(server::Site& site, const Web& web) {
  site.router().Add({"GET",
                     "/contradictions/{id}",
                     "contradictionPage",
                     "One finding, or one pair of it, with both originals",
                     {},
                     "text/html",
                     [&web](const server::Request& request, service::Desk& desk) {
                       const View view(request, desk, web);
                       Draft draft;
                       draft.by = RememberedName(request);
                       return FindingPage(view, request.captured.at("id"),
                                          Asked::Read(request.query), draft);
                     }});
}

}  // namespace sakuin::web

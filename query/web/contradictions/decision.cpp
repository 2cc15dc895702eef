#include "query/web/contradictions/decision.h"

#include <algorithm>
#include <set>

#include "query/contradictions/decisions/states.h"
#include "query/contradictions/decisions/verdicts.h"
#include "query/web/contradictions/notice.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

constexpr int kReasons = 8;

Html Hidden(const char* name, const std::string& value) {
  return Tag("input").Set("type", "hidden").Set("name", name).Set("value", value)();
}

// The keys are the places: 1 to 6.
Html Verdicts(const View& view, const std::string& now) {
  Html items;
  int key = 0;
  for (const std::string_view state : store::kReviewStates) {
    const std::string name(state);
    if (name == "open") continue;
    const std::string number = std::to_string(++key);
    const std::string help = "help-" + number;
    Tag button("button");
    button.Set("type", "submit")
        .Set("name", "as")
        .Set("value", name)
        .Set("data-key", number)
        .Set("aria-describedby", help)
        .Class(name == now ? "verdict on" : "verdict");
    items += Tag("li")(
        button(Tag("kbd").Set("aria-hidden", "true")(number), Tag("span")(StateName(view, name))),
        Tag("p").Class("help").Set("id", help)(view.say("state." + name + ".help")));
  }
  return Tag("ol").Class("verdicts").Set("aria-label", view.say("decide.verdicts"))(items);
}

Html Reasons(const View& view, const std::string& chosen, bool missing) {
  Html options = Tag("option")
                     .Set("value", "")
                     .Flag("selected", chosen.empty())(view.say("decide.reason.choose"));
  for (int i = 1; i <= kReasons; ++i) {
    const std::string code = "N" + std::to_string(i);
    options += Tag("option")
                   .Set("value", code)
                   .Flag("selected", chosen == code)(code + " " + view.say("reason." + code));
  }
  Tag select("select");
  select.Set("id", "reason").Set("name", "reason");
  if (missing) select.Set("aria-invalid", "true").Set("aria-describedby", "decide-error");
  return Tag("p").Class("field")(Tag("label").Set("for", "reason")(view.say("decide.reason")),
                                 select.Flag("autofocus", missing)(options));
}

// What holds now, with the way back.
Html Now(const View& view, const service::Findings& findings, const Case& found,
         const Asked& asked) {
  const auto& decided = found.shown->decided;
  if (!decided || decided->state == "open") return {};
  const auto entry = std::find_if(findings.log.begin(), findings.log.end(),
                                  [&](const auto& one) { return one.id == decided->entry; });
  Html out = Tag("p").Class("now")(
      view.say("decide.now", {{"state", StateName(view, decided->verdict)},
                              {"by", decided->by},
                              {"date", decided->at.substr(0, 10)}}),
      decided->reason.empty() ? Html() : Html(" ") + view.say("reason." + decided->reason));
  if (!decided->note.empty()) out += Tag("p").Class("note")(Tag("q")(decided->note));
  if (entry != findings.log.end()) out += UndoForm(view, entry->target, asked);
  return Tag("div").Class("holds")(out);
}

}  // namespace

std::string RememberedName(const server::Request& request) {
  const auto name = server::Decode(request.Cookie("sakuin-by"), false);
  return name && name->size() <= kMostName ? *name : std::string();
}

Html DecisionPart(const View& view, const service::Findings& findings, const Case& found,
                  const Asked& asked, const Draft& draft) {
  const bool decided = found.shown->decided && !contradictions::IsPending(*found.shown);
  Html out =
      Tag("h2").Set("id", "decide-title")(view.say(decided ? "decide.again" : "decide.title"));
  out += Now(view, findings, found, asked);
  if (view.web.guard().read_only()) {
    return Tag("section")
        .Class("decide")
        .Set("id", "decide")
        .Set("tabindex", "-1")(out, Tag("p").Class("soft")(view.say("decide.read-only")));
  }
  const std::size_t pairs = found.finding->tensions.size();
  Html scope = found.is_pair ? Html(view.say("decide.scope.pair"))
                             : Html(view.say.Count("decide.scope.finding", pairs));
  if (found.is_pair && pairs > 1) {
    scope += " ";
    scope += Tag("a").Set(
        "href", asked.Address(FindingAddress(found.finding->id)))(view.say("finding.whole"));
  }
  out += Tag("p").Class("soft small")(scope);
  if (!draft.error.empty()) {
    out += Tag("p").Class("error").Set("id", "decide-error").Set("role", "alert")(draft.error);
  }
  out +=
      Tag("form")
          .Set("method", "post")
          .Set("action", FindingAddress(found.id) + "/decide")
          .Set("aria-labelledby", "decide-title")(
              Hidden("csrf", view.web.guard().FormWord(view.request)), Hidden("in", asked.Query()),
              Verdicts(view, found.shown->decided ? found.shown->decided->state : ""),
              Reasons(view, draft.reason, !draft.error.empty()),
              Tag("p").Class("field")(Tag("label").Set("for", "note")(view.say("decide.note")),
                                      Tag("textarea")
                                          .Set("id", "note")
                                          .Set("name", "note")
                                          .Set("rows", "3")
                                          .Set("maxlength", "600")(draft.note)),
              Tag("p").Class("field")(Tag("label").Set("for", "by")(view.say("decide.name")),
                                      Tag("input")
                                          .Set("type", "text")
                                          .Set("id", "by")
                                          .Set("name", "by")
                                          .Set("autocomplete", "name")
                                          .Set("maxlength", "60")
                                          .Set("value", draft.by)()));
  return Tag("section").Class("decide").Set("id", "decide").Set("tabindex", "-1")(out);
}

Html HistoryPart(const View& view, const service::Findings& findings, const Case& found) {
  std::set<std::string> ids{found.finding->id};
  for (const std::size_t at : found.finding->tensions) {
    ids.insert(findings.found.tensions[at].id);
  }
  if (found.shown->decided) ids.insert(found.shown->decided->entry);
  const auto standing = contradictions::Standing(findings.log);
  const std::set<const store::Review*> holds(standing.begin(), standing.end());
  Html items;
  for (auto entry = findings.log.rbegin(); entry != findings.log.rend(); ++entry) {
    if (!contradictions::IsAbout(*entry, ids) && !ids.contains(entry->id)) continue;
    const bool is_undo = entry->state == store::kUndo;
    Html line =
        TimeOf(entry->at) + " " +
        Tag("strong")(is_undo ? view.say("finding.history.undo") : StateName(view, entry->state));
    if (!entry->reason.empty()) line += " (" + view.say("reason." + entry->reason) + ")";
    line += " ";
    line += Tag("bdi")(entry->by);
    if (!is_undo && !holds.contains(&*entry)) {
      line += Html(" ") + Tag("span").Class("tag")(view.say("finding.history.undone"));
    }
    if (!entry->note.empty()) line += Tag("q").Class("note")(entry->note);
    items += Tag("li")(line);
  }
  return Tag("section").Class("history")(
      Tag("h2")(view.say("finding.history")),
      items.empty() ? Tag("p").Class("soft")(view.say("finding.history.none"))
                    : Tag("ol").Set("reversed", "")(items));
}

}  // namespace sakuin::web

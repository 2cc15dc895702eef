#include "query/web/contradictions/notice.h"

#include <algorithm>

#include "query/contradictions/decisions/states.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

const store::Review* EntryOf(const service::Findings& findings, const std::string& id) {
  const auto found = std::find_if(findings.log.begin(), findings.log.end(),
                                  [&](const store::Review& one) { return one.id == id; });
  return found == findings.log.end() ? nullptr : &*found;
}

bool Stands(const service::Findings& findings, const store::Review& entry) {
  const auto standing = contradictions::Standing(findings.log);
  return std::find(standing.begin(), standing.end(), &entry) != standing.end();
}

// What an entry was about, in the page's language.
std::string AboutOf(const View& view, const store::Review& entry) {
  if (entry.pairs.empty()) return {};
  const store::ReviewedPair& pair = entry.pairs.front();
  return view.Label(pair.action) + " \u00B7 " + ConditionOf(view, pair.condition);
}

}  // namespace

Html UndoForm(const View& view, const std::string& target, const Asked& asked) {
  const server::Guard& guard = view.web.guard();
  if (guard.read_only()) return {};
  const auto hidden = [](const char* name, const std::string& value) {
    return Tag("input").Set("type", "hidden").Set("name", name).Set("value", value)();
  };
  return Tag("form")
      .Class("undo")
      .Set("method", "post")
      .Set("action", FindingAddress(target) + "/undo")(
          hidden("csrf", guard.FormWord(view.request)), hidden("in", asked.Query()),
          Tag("button").Set("type", "submit")(view.say("decide.undo")));
}

Html Notice(const View& view, const service::Findings& findings, const Asked& asked) {
  const server::Parameters& query = view.request.query;
  const bool undone = query.Has("undone");
  const store::Review* const entry =
      EntryOf(findings, undone ? query.Get("undone") : query.Get("done"));
  if (entry == nullptr) return {};
  if (undone) {
    return Tag("div").Class("notice").Set("role", "status")(Tag("p")(view.say("decide.undone")));
  }
  Asked pending = asked;
  pending.state.clear();
  const std::size_t left = Select(view, findings, pending).size();
  Html out = Tag("p")(
      Tag("strong")(view.say("decide.done", {{"state", StateName(view, entry->state)}})), " ",
      AboutOf(view, *entry), " ", Tag("span").Class("soft")(view.say.Count("decide.left", left)));
  if (Stands(findings, *entry)) out += UndoForm(view, entry->target, asked);
  return Tag("div").Class("notice decided").Set("role", "status")(out);
}

}  // namespace sakuin::web

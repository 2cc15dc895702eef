#include "query/web/article/advice_notes.h"

#include <algorithm>

#include "query/contradictions/compare.h"
#include "query/contradictions/reasons/reason.h"
#include "query/web/article/article_text.h"

namespace sakuin::web {

AdviceNotes::AdviceNotes(const View& view, const model::Document& document) : view_(view) {
  const auto findings = view.desk.FindingsAtHand();
  if (findings == nullptr) return;
  for (const contradictions::Finding& finding : findings->found.findings) {
    for (const std::size_t place : finding.tensions) {
      const contradictions::Tension& tension = findings->found.tensions[place];
      for (const std::size_t side : {tension.a, tension.b}) {
        const contradictions::Witness& witness = findings->list->witnesses[side];
        if (witness.document_id.str() != document.id) continue;
        auto& ids = findings_[witness.id];
        if (std::find(ids.begin(), ids.end(), finding.id) == ids.end()) ids.push_back(finding.id);
      }
    }
  }
}

Html AdviceNotes::Note(const model::Section& section, const model::Advice& advice) const {
  const bool is_for = contradictions::IsFor(advice);
  const bool limited = advice.stance == model::Stance::kConditional;
  const std::string stance =
      view_.say(limited ? (is_for ? "stance.limited-for" : "stance.limited-against")
                        : (is_for ? "stance.for" : "stance.against"));
  // The usual strength says nothing.
  std::string strength;
  if (advice.strength != model::Strength::kShould) {
    strength =
        view_.say(advice.strength == model::Strength::kMust ? "strength.must" : "strength.may");
  }
  const auto& reasons = view_.desk.library().Reasons(view_.ui);
  // The sign in front says it too; limits are told in words alone.
  Html details = Tag("span").Class(limited ? "note-stance" : "note-stance plain")(stance);
  if (!strength.empty()) details += Tag("span").Class("note-axis")(strength);
  for (const char* const axis : {"phase", "window", "dose", "population"}) {
    const std::string value = reasons.Value(axis, advice);
    if (!value.empty()) details += Tag("span").Class("note-axis")(value);
  }
  if (advice.attribution == model::Attribution::kMisconception) {
    details += Tag("span").Class("note-axis")(view_.say("note.misconception"));
  }
  Html conflicts;
  const auto found = findings_.find(advice.id);
  if (found != findings_.end()) {
    conflicts = Tag("a")
                    .Class("note-conflict")
                    .Set("href", "/contradictions/" + server::Encode(found->second.front()))(
                        view_.say.Count("note.conflicts", found->second.size()));
  }
  const std::string there = advice.in_heading ? "s" + std::to_string(section.number)
                                              : SentenceId(section, advice.quote.begin);
  return Tag("li")
      .Class(is_for ? "note for" : "note against")
      .Set("id", "advice-" + advice.id)(
          Tag("span").Class("note-sign").Set("aria-hidden", "true")(is_for ? "+" : "\xE2\x88\x92"),
          Tag("span").Class("note-body")(
              Tag("a").Class("note-action").Set("href", "#" + there)(view_.Label(advice.action)),
              details, conflicts));
}

Html AdviceNotes::Of(const model::Section& section, const std::vector<std::size_t>& advice) const {
  if (advice.empty()) return {};
  Html items;
  for (const std::size_t i : advice) items += Note(section, section.advice[i]);
  return Tag("ul").Class("notes").Lang(view_.ui).Set("aria-label", view_.say("note.title"))(items);
}

}  // namespace sakuin::web

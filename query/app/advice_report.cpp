#include "query/app/advice_report.h"

#include <fmt/format.h>

#include "query/app/terminal.h"
#include "query/contradictions/advice_json.h"

namespace sakuin::app {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string Statement(const model::Advice& made, const std::string& text) {
  std::string out = "advice    ";
  out += model::kStances[static_cast<std::size_t>(made.stance)];
  if (made.stance == model::Stance::kConditional) out += made.for_it ? " (for)" : " (against)";
  out += fmt::format(" {}, {}", made.action,
                     model::kStrengths[static_cast<std::size_t>(made.strength)]);
  if (made.implicit) out += ", implied";
  if (made.qualifier != model::Qualifier::kNone) {
    out += fmt::format(", {}", model::kQualifiers[static_cast<std::size_t>(made.qualifier)]);
  }
  if (made.attribution != model::Attribution::kAuthor) {
    out += fmt::format(", {}", model::kAttributions[static_cast<std::size_t>(made.attribution)]);
  }
  if (!made.conditions.empty()) {
    out += fmt::format("; {} ({})", Joined(made.conditions),
                       model::kStatedIn[static_cast<std::size_t>(made.conditions_from)]);
  }
  if (!made.population.empty()) out += "; " + made.population;
  const std::string measures = contradictions::MeasuresText(made);
  if (!measures.empty()) out += "; " + measures;
  return out + "; " + Printable(std::string(made.quote.In(text))) + "\n";
}

}  // namespace

std::string AdviceReport(const model::Document& document,
                         const std::vector<advice::SentenceReason>& reasons, int section) {
  std::string out;
  for (const advice::SentenceReason& one : reasons) {
    if (section >= 0 && one.section != static_cast<std::uint32_t>(section)) continue;
    const model::Section& there = document.sections[one.section];
    const std::string& text = one.in_heading ? there.heading : there.text;
    out += (one.in_heading ? "heading   " : "sentence  ") +
           Printable(std::string(one.words.In(text))) + "\n";
    for (const advice::CueReason& cue : one.cues) {
      out += fmt::format("cue       {} {} {}-{} {}{}\n", cue.id, cue.kind, cue.words.begin,
                         cue.words.end, Printable(std::string(cue.words.In(text))),
                         cue.counts ? "" : "  (inside a longer one)");
    }
    for (const advice::ActionReason& action : one.actions) {
      out += fmt::format("action    {} {}-{} {} -> {}", action.action, action.words.begin,
                         action.words.end, Printable(std::string(action.words.In(text))),
                         action.outcome);
      out += (action.cues.empty() ? "" : " by " + Joined(action.cues)) + "\n";
      if (action.advice < 0) continue;
      out += Statement(there.advice[static_cast<std::size_t>(action.advice)], text);
    }
  }
  return out;
}

}  // namespace sakuin::app

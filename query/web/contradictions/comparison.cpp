// Why it was found: in words, point by point, and as arithmetic.

#include <fmt/format.h>

#include "query/web/contradictions/evidence.h"
#include "query/web/contradictions/parts.h"

namespace sakuin::web {
namespace {

using contradictions::Agreement;
using contradictions::Phrases;
using contradictions::ReasonWriter;
using contradictions::ReportPair;

const char* SignOf(Agreement agreement) {
  switch (agreement) {
    case Agreement::kEqual: return "=";
    case Agreement::kOverlap: return "\u2252";
    case Agreement::kDisjoint: return "\u2260";
    case Agreement::kOneUnstated: return "?";
    case Agreement::kBothUnstated: break;
  }
  return "\u30FC";
}

Html AxisRow(const ReasonWriter& writer, const ReportPair& pair, const char* axis,
             Agreement agreement) {
  const Phrases& phrases = writer.phrases();
  const auto cell = [&](const contradictions::ReportSide& side) {
    const std::string value = writer.Value(axis, side.record->advice);
    if (value.empty()) return Tag("td").Class("unstated")(phrases.Say("ui.unstated"));
    return Tag("td")(value);
  };
  const std::string name(contradictions::kAgreements[static_cast<std::size_t>(agreement)]);
  return Tag("tr").Class(name)(
      Tag("th").Set("scope", "row")(phrases.Say("ui.axis." + std::string(axis))), cell(pair.a),
      cell(pair.b),
      Tag("td").Class("agreement")(
          Tag("span").Class("sign").Set("aria-hidden", "true")(SignOf(agreement)),
          Tag("span")(phrases.Say("ui.agreement." + name))));
}

Html AxesTable(const View& view, const ReportPair& pair) {
  const ReasonWriter& writer = view.desk.library().Reasons(view.ui);
  const contradictions::Axes& axes = pair.tension->axes;
  const model::Advice& a = pair.a.record->advice;
  const model::Advice& b = pair.b.record->advice;
  Html rows = AxisRow(writer, pair, "action",
                      a.action == b.action ? Agreement::kEqual : Agreement::kDisjoint);
  rows += AxisRow(writer, pair, "condition", axes.condition);
  rows += AxisRow(writer, pair, "phase", axes.phase);
  rows += AxisRow(writer, pair, "population", axes.population);
  rows += AxisRow(writer, pair, "window", axes.window);
  rows += AxisRow(writer, pair, "dose", axes.dose);
  const auto head = [](const std::string& text) { return Tag("th").Set("scope", "col")(text); };
  return Tag("div")
      .Class("scroll")
      .Set("tabindex", "0")
      .Set("role", "region")
      .Set("aria-labelledby", "compared")(Tag("table").Class("axes")(
          Tag("thead")(Tag("tr")(head(view.say("finding.axis")), head("A"), head("B"),
                                 head(view.say("finding.agreement")))),
          Tag("tbody")(rows)));
}

Html CuesOf(const View& view, const char* side, const model::Advice& advice) {
  Html ids;
  for (const std::string& cue : advice.cues) ids += Tag("code")(cue) + " ";
  return Tag("p")(view.say("finding.cues", {{"side", side}}), " ",
                  advice.cues.empty() ? Html("\u2013") : ids);
}

Html Arithmetic(const View& view, const ReportPair& pair) {
  Html steps;
  for (const std::string& step : pair.tension->steps) steps += Tag("li").Lang("en")(step);
  return Tag("details").Class("arithmetic")(
      Tag("summary")(view.say("finding.arithmetic")),
      Tag("p")(view.say("finding.score"), " ",
               Tag("strong")(fmt::format("{:.2f}", pair.tension->score)), "  ",
               Tag("code")(pair.tension->code)),
      Tag("h3")(view.say("finding.steps")), Tag("ul")(steps),
      CuesOf(view, "A", pair.a.record->advice), CuesOf(view, "B", pair.b.record->advice),
      Tag("p")(view.say("finding.id"), " ", Tag("code")(pair.tension->id)));
}

}  // namespace

Html ComparisonPart(const View& view, const Case& found) {
  const ReportPair& pair = found.pair();
  std::string why;
  for (const std::string& axis : pair.reason.axes) Phrases::Add(why, axis);
  Phrases::Add(why, pair.reason.verdict);
  return Tag("section").Class("why")(Tag("h2")(view.say("finding.why")), Tag("p")(why)) +
         Tag("section")(Tag("h2").Set("id", "compared")(view.say("finding.compared")),
                        AxesTable(view, pair), Arithmetic(view, pair));
}

}  // namespace sakuin::web

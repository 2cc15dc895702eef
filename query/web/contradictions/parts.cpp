#include "query/web/contradictions/parts.h"

#include "query/contradictions/compare.h"

namespace sakuin::web {
namespace {

using contradictions::Severity;
using contradictions::Tension;

constexpr const char* kMinus = "\u2212";

// Signs that every font for Chinese or Japanese has.
const char* SignOf(Severity severity) {
  switch (severity) {
    case Severity::kHigh: return "\u25B2";
    case Severity::kMedium: return "\u25C6";
    case Severity::kLow: break;
  }
  return "\u25CB";
}

std::string BaseLanguageName(const View& view, const std::string& language) {
  return language == "zh" ? view.say("contradictions.language.zh") : view.LanguageName(language);
}

}  // namespace

Html SeverityMark(const View& view, Severity severity) {
  const std::string name(contradictions::kSeverities[static_cast<std::size_t>(severity)]);
  return Tag("span").Class("severity severity-" + name)(
      Tag("span").Class("sign").Set("aria-hidden", "true")(SignOf(severity)),
      view.say("severity.label", {{"level", view.say("severity." + name)}}));
}

std::string KindName(const View& view, contradictions::Kind kind) {
  const std::string name(contradictions::kKinds[static_cast<std::size_t>(kind)]);
  return view.desk.library().Reasons(view.ui).phrases().Say("ui.kind." + name);
}

std::string StateName(const View& view, const std::string& state) {
  return view.say("state." + state);
}

std::string ActionsOf(const View& view, const Tension& tension, const service::Findings& findings) {
  const auto& finding = findings.found.findings[findings.finding_of.at(tension.cluster)];
  if (!finding.sides[0].action.empty()) {
    return view.desk.library().Reasons(view.ui).Subject(finding, tension);
  }
  const std::string& a = findings.list->witnesses[tension.a].advice->action;
  const std::string& b = findings.list->witnesses[tension.b].advice->action;
  return a == b ? view.Label(a) : view.Label(a) + " / " + view.Label(b);
}

const std::string& ActionColumn(const contradictions::SelectedFinding& finding) {
  const std::string& first = finding.finding->sides[0].action;
  return first.empty() ? finding.tensions[0]->action : first;
}

std::string ConditionOf(const View& view, const std::string& condition) {
  return condition.empty() ? view.say("contradictions.no-condition") : view.Label(condition);
}

std::string TopicOf(const View& view, const Tension& tension, const service::Findings& findings) {
  return ActionsOf(view, tension, findings) + " \u00B7 " + ConditionOf(view, tension.condition);
}

Html SourcesOf(const View& view, const contradictions::Finding& finding, const Tension& top,
               const service::Findings& findings) {
  const bool a_is_for = contradictions::IsFor(findings.list->witnesses[top.a].advice);
  const bool b_is_for = contradictions::IsFor(findings.list->witnesses[top.b].advice);
  const bool opposed = a_is_for != b_is_for;
  const std::size_t first = finding.sources_for;
  const std::size_t second = finding.sources_against;
  return Tag("span").Class("sources")(
      Tag("span").Class(a_is_for ? "for" : "against")(view.say.Count(
          opposed ? "contradictions.articles-for" : "contradictions.articles-a", first)),
      " ",
      Tag("span").Class(b_is_for ? "for" : "against")(view.say.Count(
          opposed ? "contradictions.articles-against" : "contradictions.articles-b", second)));
}

std::string LanguagesName(const View& view, const std::string& languages) {
  if (languages == "cross") return view.say("contradictions.cross");
  const std::size_t plus = languages.find('+');
  if (plus == std::string::npos) {
    return view.say("contradictions.one-language",
                    {{"language", BaseLanguageName(view, languages)}});
  }
  return view.say("contradictions.two-languages",
                  {{"a", BaseLanguageName(view, languages.substr(0, plus))},
                   {"b", BaseLanguageName(view, languages.substr(plus + 1))}});
}

Html Direction(const View& view, bool is_for) {
  return Tag("span").Class(is_for ? "sign for" : "sign against")(
      Tag("span").Set("aria-hidden", "true")(is_for ? "+" : kMinus),
      Tag("span").Class("hidden")(view.say(is_for ? "finding.side.for" : "finding.side.against")));
}

Html QuoteOf(const store::AdviceRecord& record) {
  const model::Span& action = record.action_in_quote;
  if (action.end <= action.begin) return Html(record.quote);
  return Marked(record.quote, {action});
}

Html TimeOf(const std::string& at) {
  std::string text = at.substr(0, 16);
  if (text.size() == 16) text[10] = ' ';
  return Tag("time").Set("datetime", at)(text);
}

std::string DayOf(const std::string& published) {
  constexpr std::size_t kDay = 10;  // YYYY-MM-DD
  return published.substr(0, kDay);
}

std::string AdviceAddress(const store::AdviceRecord& record) {
  return DocumentAddress(record.document_id) + "#advice-" + server::Encode(record.advice.id);
}

std::string FindingAddress(const std::string& id) {
  return "/contradictions/" + server::Encode(id);
}

}  // namespace sakuin::web

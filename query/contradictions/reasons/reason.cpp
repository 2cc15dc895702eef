#include "query/contradictions/reasons/reason.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/contradictions/axes.h"
#include "query/contradictions/compare.h"
#include "query/contradictions/reasons/amounts.h"

namespace sakuin::contradictions {
namespace {

using model::Advice;
using store::AdviceRecord;

template <typename Names, typename Value>
std::string NameOf(const Names& names, Value value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

// The phrase that tells what a side says.
std::string StanceKey(const Advice& a) {
  if (a.stance != model::Stance::kConditional) {
    return NameOf(model::kStances, a.stance) + "." + NameOf(model::kStrengths, a.strength);
  }
  if (a.qualifier != model::Qualifier::kNone) {
    return "limit." + NameOf(model::kQualifiers, a.qualifier);
  }
  return a.for_it ? "conditional.for" : "conditional.against";
}

// The cue's own words ("if", "during", a particle of two kana) tell of no condition.
bool SaysWhen(const std::string& words) {
  constexpr std::size_t kLeast = 4;
  const bool several = std::any_of(words.begin(), words.end(), [](char c) {
    return c == ' ' || static_cast<unsigned char>(c) >= 0x80;
  });
  return several && utf8::Count(words) >= kLeast;
}

std::string Cues(const Phrases& phrases, const Advice& a) {
  std::string out;
  for (const std::string& cue : a.cues) out += (out.empty() ? "" : " ") + cue;
  return out.empty() ? phrases.Say("cues.none") : out;
}

}  // namespace

std::string Reason::Rest() const {
  std::string out;
  for (const std::string& axis : axes) Phrases::Add(out, axis);
  Phrases::Add(out, verdict);
  Phrases::Add(out, cues);
  return out;
}

std::string Reason::Text() const {
  std::string out = a;
  Phrases::Add(out, b);
  Phrases::Add(out, Rest());
  return out;
}

ReasonWriter::ReasonWriter(const Phrases& phrases, const TensionRules& rules, Labeler label)
    : phrases_(phrases), rules_(rules), label_(std::move(label)) {}

std::string ReasonWriter::Subject(const Finding& finding, const Tension& top) const {
  const auto& [first, second] = finding.sides;
  if (first.action.empty()) return label_(top.action);
  return phrases_.Say("ui.alternatives",
                      {{"a", label_(first.action)}, {"b", label_(second.action)}});
}

std::string ReasonWriter::Members(const Finding& finding) const {
  const auto is_plain = [](const FindingSide& side) {
    return side.members.empty() || (side.members.size() == 1 && side.members[0] == side.action);
  };
  const auto& [first, second] = finding.sides;
  if (is_plain(first) && is_plain(second)) return "";
  const auto list = [this](const FindingSide& side) {
    std::vector<std::string> names;
    for (const std::string& id : side.members) names.push_back(label_(id));
    return phrases_.Join(names, "list.more", "list.more");
  };
  return "A: " + list(first) + "; B: " + list(second);
}

std::string ReasonWriter::Value(std::string_view axis, const Advice& a) const {
  if (axis == "action") return label_(a.action);
  if (axis == "condition") {
    std::vector<std::string> names;
    for (const std::string& id : a.conditions) names.push_back(label_(id));
    return phrases_.Join(names, "list.more", "list.more");
  }
  if (axis == "phase") {
    return a.phase == model::Phase::kUnstated
               ? ""
               : phrases_.Say("phase." + NameOf(model::kPhases, a.phase));
  }
  if (axis == "population") return a.population.empty() ? "" : label_(a.population);
  if (axis == "window") return a.window ? WindowInWords(phrases_, *a.window) : "";
  return DoseInWords(phrases_, a.dose);
}

std::string ReasonWriter::Side(std::string_view side, const AdviceRecord& record) const {
  const Advice& a = record.advice;
  std::vector<std::string> details;
  const auto add = [&details](std::string text) {
    if (!text.empty()) details.push_back(std::move(text));
  };
  add(Value("window", a));
  add(Value("dose", a));
  add(Value("phase", a));
  if (!a.population.empty()) {
    add(phrases_.Say("detail.population", {{"value", label_(a.population)}}));
  }
  if (SaysWhen(record.when)) add(phrases_.Say("detail.when", {{"words", record.when}}));
  if (!record.reason.empty()) add(phrases_.Say("detail.reason", {{"words", record.reason}}));
  if (a.attribution != model::Attribution::kAuthor) {
    add(phrases_.Say("detail." + NameOf(model::kAttributions, a.attribution)));
  }
  if (a.implicit) add(phrases_.Say("detail.implicit"));
  const std::string list = phrases_.Join(details, "list.details", "list.details");
  return phrases_.Say(StanceKey(a),
                      {{"side", side},
                       {"action", label_(a.action)},
                       {"details", list.empty() ? "" : phrases_.Say("details", {{"list", list}})}});
}

bool ReasonWriter::IsBroaderOrNarrower(const std::vector<std::string>& a,
                                       const std::vector<std::string>& b) const {
  const auto below = [this](const std::vector<std::string>& narrow,
                            const std::vector<std::string>& wide) {
    return std::any_of(narrow.begin(), narrow.end(), [&](const std::string& id) {
      const auto above = rules_.WithBroader(id);
      return std::find_first_of(above.begin(), above.end(), wide.begin(), wide.end()) !=
             above.end();
    });
  };
  return below(a, b) || below(b, a);
}

std::string ReasonWriter::Condition(const Tension& t, const Advice& a, const Advice& b) const {
  const auto name = [&](const Advice& advice) {
    const bool shared = std::find(advice.conditions.begin(), advice.conditions.end(),
                                  t.condition) != advice.conditions.end();
    return shared ? label_(t.condition) : label_(advice.conditions[0]);
  };
  if (a.conditions.empty() && b.conditions.empty()) return phrases_.Say("condition.neither");
  if (a.conditions.empty() || b.conditions.empty()) {
    const bool first = b.conditions.empty();
    return phrases_.Say("condition.only",
                        {{"side", first ? "A" : "B"}, {"value", name(first ? a : b)}});
  }
  if (t.axes.condition == Agreement::kEqual) {
    return phrases_.Say("condition.equal", {{"value", label_(t.condition)}});
  }
  const bool one_is_broader = IsBroaderOrNarrower(a.conditions, b.conditions);
  return phrases_.Say(one_is_broader ? "condition.related" : "condition.associated",
                      {{"a", name(a)}, {"b", name(b)}});
}

// Which limits lie apart, and by how much; "" where none do.
std::string ReasonWriter::Limits(const model::Window& a, const model::Window& b) const {
  const auto say = [this](double x, double y) {
    return phrases_.Say("window.gap", {{"gap", HoursInWords(phrases_, std::abs(x - y))},
                                       {"a", HoursInWords(phrases_, x)},
                                       {"b", HoursInWords(phrases_, y)}});
  };
  if (a.to_hours && b.to_hours && *a.to_hours != *b.to_hours) return say(*a.to_hours, *b.to_hours);
  if (a.from_hours && b.from_hours && *a.from_hours != *b.from_hours) {
    return say(*a.from_hours, *b.from_hours);
  }
  return "";
}

std::string ReasonWriter::Window(Agreement agreement, const Advice& a, const Advice& b) const {
  const std::string first = Value("window", a);
  const std::string second = Value("window", b);
  switch (agreement) {
    case Agreement::kEqual: return phrases_.Say("window.equal", {{"value", first}});
    case Agreement::kDisjoint:
      return phrases_.Say("window.disjoint", {{"a", first}, {"b", second}});
    case Agreement::kOverlap: break;
    case Agreement::kOneUnstated:
    case Agreement::kBothUnstated:
      return phrases_.Say("window.anchors", {{"a", first}, {"b", second}});
  }
  model::Window shared = *a.window;
  shared.approximate = a.window->approximate || b.window->approximate;
  const auto& from = b.window->from_hours;
  const auto& to = b.window->to_hours;
  if (from && (!shared.from_hours || *from > *shared.from_hours)) shared.from_hours = from;
  if (to && (!shared.to_hours || *to < *shared.to_hours)) shared.to_hours = to;
  // A ban from now on has no end.
  if (shared.from_hours && shared.to_hours && *shared.from_hours > *shared.to_hours) {
    shared.to_hours.reset();
  }
  return phrases_.Say("window.overlap",
                      {{"a", first}, {"b", second}, {"shared", WindowInWords(phrases_, shared)}});
}

std::string ReasonWriter::Dose(Agreement agreement, const Advice& a, const Advice& b) const {
  const std::string first = Value("dose", a);
  const std::string second = Value("dose", b);
  switch (agreement) {
    case Agreement::kEqual: return phrases_.Say("dose.equal", {{"value", first}});
    case Agreement::kOverlap: return phrases_.Say("dose.overlap", {{"a", first}, {"b", second}});
    case Agreement::kDisjoint: break;
    case Agreement::kOneUnstated:
    case Agreement::kBothUnstated: return phrases_.Say("dose.kinds", {{"a", first}, {"b", second}});
  }
  std::string out = phrases_.Say("dose.disjoint", {{"a", first}, {"b", second}});
  const auto gap = CompareDoses(a, b, 0, agreement);
  if (!gap || gap->low <= 0) return out;
  // Minutes were compared as seconds.
  const bool minutes = gap->part == model::DosePart::kDurationSeconds &&
                       std::any_of(a.dose.begin(), a.dose.end(), [](const model::DoseRange& range) {
                         return range.part == model::DosePart::kDurationMinutes;
                       });
  const double unit = minutes ? 60 : 1;
  Phrases::Add(out, phrases_.Say("dose.ratio", {{"high", NumberInWords(gap->high / unit)},
                                                {"low", NumberInWords(gap->low / unit)},
                                                {"ratio", NumberInWords(gap->ratio)}}));
  return out;
}

std::string ReasonWriter::Verdict(const Tension& t, const Advice& a, const Advice& b,
                                  bool one_section) const {
  if (t.kind == Kind::kConditionalResolved) {
    if (t.axes.phase == Agreement::kDisjoint) return phrases_.Say("verdict.phase");
    const bool people =
        t.axes.population == Agreement::kDisjoint || t.axes.population == Agreement::kOneUnstated;
    if (people) return phrases_.Say("verdict.population");
    return phrases_.Say(one_section && IsFor(a) != IsFor(b) ? "verdict.section"
                                                            : "verdict.trigger");
  }
  if (t.kind == Kind::kDose) return phrases_.Say("verdict.dose");
  if (t.kind == Kind::kTimingWindow) {
    if (IsFor(a) != IsFor(b)) return phrases_.Say("verdict.window");
    const bool signs = a.window && a.window->anchor == model::Anchor::kSymptomDuration;
    std::string out = phrases_.Say(signs ? "verdict.referral" : "verdict.boundary");
    if (a.window && b.window) Phrases::Add(out, Limits(*a.window, *b.window));
    return out;
  }
  if (a.action != b.action && IsFor(a) && IsFor(b)) {
    return phrases_.Say("verdict.alternative", {{"a", label_(a.action)}, {"b", label_(b.action)}});
  }
  std::string out;
  if (a.action != b.action) {
    const auto above = rules_.WithBroader(a.action);
    const bool member = std::find(above.begin(), above.end(), b.action) != above.end();
    out = phrases_.Say("verdict.member", {{"narrow", label_(member ? a.action : b.action)},
                                          {"broad", label_(member ? b.action : a.action)}});
  }
  const auto myth = model::Attribution::kMisconception;
  std::string key = a.implicit && b.implicit ? "verdict.effect" : "verdict.direct";
  if (a.attribution == myth || b.attribution == myth) key = "verdict.myth";
  Phrases::Add(out, phrases_.Say(key));
  return out;
}

void ReasonWriter::AddAxes(const Tension& t, const Advice& a, const Advice& b,
                           std::vector<std::string>& out) const {
  const std::pair<const char*, Agreement> axes[] = {{"phase", t.axes.phase},
                                                    {"population", t.axes.population},
                                                    {"window", t.axes.window},
                                                    {"dose", t.axes.dose}};
  std::vector<std::string> only[2];
  std::vector<std::string> neither;
  for (const auto& [name, agreement] : axes) {
    const std::string x = Value(name, a);
    const std::string y = Value(name, b);
    const std::string axis = name;
    if (x.empty() || y.empty()) {
      auto& list = x.empty() && y.empty() ? neither : only[x.empty() ? 1 : 0];
      list.push_back(phrases_.Say("axis." + axis));
    } else if (axis == "window") {
      out.push_back(Window(agreement, a, b));
    } else if (axis == "dose") {
      out.push_back(Dose(agreement, a, b));
    } else if (agreement == Agreement::kEqual) {
      out.push_back(phrases_.Say(axis + ".equal", {{"value", x}}));
    } else {
      const bool overlap = axis == "phase" && agreement == Agreement::kOverlap;
      out.push_back(
          phrases_.Say(axis + (overlap ? ".overlap" : ".disjoint"), {{"a", x}, {"b", y}}));
    }
  }
  for (const std::size_t side : {0U, 1U}) {
    if (only[side].empty()) continue;
    const std::string list = phrases_.Join(only[side], "list.more", "list.last");
    out.push_back(phrases_.Say("only", {{"side", side == 0 ? "A" : "B"}, {"axes", list}}));
  }
  if (!neither.empty()) {
    const std::string list = phrases_.Join(neither, "list.more", "list.or");
    out.push_back(phrases_.Say("neither", {{"axes", list}}));
  }
}

Reason ReasonWriter::Write(const Tension& t, const AdviceRecord& first,
                           const AdviceRecord& second) const {
  const Advice& a = first.advice;
  const Advice& b = second.advice;
  Reason out;
  out.a = Side("A", first);
  out.b = Side("B", second);
  out.axes.push_back(Condition(t, a, b));
  AddAxes(t, a, b, out.axes);
  if (first.document_id == second.document_id) out.verdict = phrases_.Say("same-document");
  Phrases::Add(out.verdict, Verdict(t, a, b, first.SectionId() == second.SectionId()));
  out.cues = phrases_.Say("cues", {{"a", Cues(phrases_, a)}, {"b", Cues(phrases_, b)}});
  return out;
}

}  // namespace sakuin::contradictions

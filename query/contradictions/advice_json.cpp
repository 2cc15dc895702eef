#include "query/contradictions/advice_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sakuin::contradictions {
namespace {

using nlohmann::ordered_json;

template <typename Names, typename Value>
std::string NameOf(const Names& names, Value value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

ordered_json RangeValue(const model::DoseRange& range) {
  if (range.low && range.high && *range.low == *range.high) return *range.low;
  if (!range.low || !range.high) return range.low ? *range.low : range.high.value_or(0);
  return {*range.low, *range.high};
}

void PutTimes(const model::Advice& a, ordered_json& out) {
  if (a.phase != model::Phase::kUnstated) out["phase"] = NameOf(model::kPhases, a.phase);
  if (a.window) {
    ordered_json window = ordered_json::object();
    if (a.window->from_hours) window["from_hours"] = *a.window->from_hours;
    if (a.window->to_hours) window["to_hours"] = *a.window->to_hours;
    window["anchor"] = NameOf(model::kAnchors, a.window->anchor);
    if (a.window->approximate) window["approximate"] = true;
    out["window"] = std::move(window);
  }
  for (const model::DoseRange& range : a.dose) {
    out["dose"][NameOf(model::kDoseParts, range.part)] = RangeValue(range);
  }
}

void PutSpeaker(const model::Speaker& speaker, ordered_json& out) {
  const auto put = [&out](const char* key, const std::string& value) {
    if (!value.empty()) out["speaker"][key] = value;
  };
  put("name", speaker.name);
  put("title", speaker.title);
  put("affiliation", speaker.affiliation);
}

std::string AddDoses(const model::Advice& a, std::string out) {
  for (const model::DoseRange& range : a.dose) {
    std::string number;
    if (range.low) number = fmt::format("{:g}", *range.low);
    if (range.high && range.high != range.low) {
      number += fmt::format("{}{:g}", range.low ? "-" : "up to ", *range.high);
    }
    out += (out.empty() ? "" : ", ") + NameOf(model::kDoseParts, range.part) + " " + number;
  }
  return out;
}

}  // namespace

ordered_json AdviceObject(const store::AdviceRecord& record) {
  const model::Advice& a = record.advice;
  ordered_json out{{"id", a.id},
                   {"document", record.document_id},
                   {"section", record.SectionId()},
                   {"language", record.language},
                   {"quote", record.quote},
                   {"begin", record.source.begin},
                   {"end", record.source.end},
                   {"span", {a.quote.begin, a.quote.end}},
                   {"action", a.action},
                   {"stance", NameOf(model::kStances, a.stance)}};
  if (a.stance == model::Stance::kConditional) out["polarity"] = a.for_it ? "for" : "against";
  out["strength"] = NameOf(model::kStrengths, a.strength);
  out["conditions"] = a.conditions;
  const auto put = [&out](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  put("conditions_from", NameOf(model::kStatedIn, a.conditions_from));
  PutTimes(a, out);
  put("population", a.population);
  put("qualifier", NameOf(model::kQualifiers, a.qualifier));
  put("when", record.when);
  put("reason", record.reason);
  const bool wrong = a.attribution == model::Attribution::kMisconception;
  if (wrong) out["misconception"] = true;
  if (!wrong)
    put("attribution", a.attribution == model::Attribution::kAuthor
                           ? ""
                           : NameOf(model::kAttributions, a.attribution));
  if (a.implicit) out["implicit"] = true;
  if (a.in_heading) out["in_heading"] = true;
  PutSpeaker(record.speaker, out);
  out["cues"] = a.cues;
  out["path"] = record.path;
  return out;
}

ordered_json SectionAdvice(const model::Document& document, const model::Section& section) {
  ordered_json out = ordered_json::array();
  for (const store::AdviceRecord& record : store::RecordsOf(document, section)) {
    out.push_back(AdviceObject(record));
  }
  return out;
}

std::string StanceText(const model::Advice& a) {
  std::string out = NameOf(model::kStances, a.stance);
  if (a.stance == model::Stance::kConditional) out += a.for_it ? " (for)" : " (against)";
  return out + ", " + NameOf(model::kStrengths, a.strength);
}

std::string MeasuresText(const model::Advice& a) {
  std::string out;
  const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  if (a.phase != model::Phase::kUnstated) add(NameOf(model::kPhases, a.phase));
  if (a.window) {
    const model::Window& w = *a.window;
    std::string hours;
    if (!w.from_hours.value_or(0) && w.to_hours == 0) {
      add("at once");
      return AddDoses(a, std::move(out));
    }
    if (w.from_hours && *w.from_hours > 0) hours = fmt::format("from {:g} h", *w.from_hours);
    if (w.to_hours) hours += fmt::format("{}until {:g} h", hours.empty() ? "" : " ", *w.to_hours);
    if (!hours.empty()) add(hours + " after " + NameOf(model::kAnchors, w.anchor));
  }
  return AddDoses(a, std::move(out));
}

}  // namespace sakuin::contradictions

#include "query/api/resources/finding_choice.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/store/reviews.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/witnesses.h"
#include "query/service/id_choice.h"

namespace sakuin::api {
namespace {

using contradictions::Tension;
using nlohmann::ordered_json;

template <typename Names>
std::vector<std::string> AsList(const Names& names) {
  return {names.begin(), names.end()};
}

}  // namespace

Parameters FindingParameters() {
  std::vector<std::string> states = AsList(store::kReviewStates);
  states.insert(states.end(), {"changed", "all"});
  return {Texts("condition", "About this condition or what is narrower (id or name)"),
          Texts("action", "Either side about this action or what is narrower (id or name)"),
          Choice("kind", "Only of this kind", AsList(contradictions::kKinds)),
          Choice("severity", "At least so serious", AsList(contradictions::kSeverities)),
          Choices("state", "What was decided; open and changed where nothing is asked for",
                  std::move(states)),
          Flag("cross_language", "Only between two languages")};
}

Result<contradictions::TensionFilter> ReadFindingFilter(const server::Parameters& query,
                                                        service::Desk& desk) {
  contradictions::TensionFilter out;
  auto topic = ReadTopic(query, desk);
  if (!topic) return Pass(topic);
  out.conditions = std::move(topic->conditions);
  out.actions = std::move(topic->actions);
  const auto& kinds = contradictions::kKinds;
  const auto kind = std::find(kinds.begin(), kinds.end(), query.Get("kind"));
  if (kind != kinds.end()) out.kind = static_cast<contradictions::Kind>(kind - kinds.begin());
  const auto& levels = contradictions::kSeverities;
  const auto level = std::find(levels.begin(), levels.end(), query.Get("severity"));
  if (level != levels.end()) {
    out.severity = static_cast<contradictions::Severity>(level - levels.begin());
  }
  out.states = query.All("state");
  out.cross_language = IsOn(query, "cross_language", false);
  return out;
}

Result<ChosenFinding> ChooseFinding(const service::Findings& findings, const std::string& id) {
  std::string known = id;
  if (!findings.finding_of.contains(id) && !findings.tension_of.contains(id)) {
    std::vector<std::string> ids;
    for (const auto& [one, at] : findings.finding_of) ids.push_back(one);
    for (const auto& [one, at] : findings.tension_of) ids.push_back(one);
    const auto chosen = service::ChooseId(ids, id, "finding or pair");
    if (!chosen) return Pass(chosen);
    known = *chosen;
  }
  const auto& found = findings.found;
  ChosenFinding out;
  if (const auto at = findings.finding_of.find(known); at != findings.finding_of.end()) {
    out.finding = &found.findings[at->second];
    return out;
  }
  out.pair = &found.tensions[findings.tension_of.at(known)];
  out.finding = &found.findings[findings.finding_of.at(out.pair->cluster)];
  return out;
}

ordered_json PairObject(const service::Findings& findings, const Tension& pair,
                        const contradictions::ReasonWriter& writer) {
  const auto reason = writer.Write(pair, findings.RecordA(pair), findings.RecordB(pair));
  return contradictions::TensionObject(pair, *findings.list, reason.Text());
}

ordered_json FindingObject(const service::Findings& findings,
                           const contradictions::Finding& finding,
                           const contradictions::ReasonWriter& writer) {
  const auto& all = findings.found.tensions;
  const Tension& top = all[finding.tensions.front()];
  ordered_json out{
      {"id", finding.id},
      {"kind", contradictions::kKinds[static_cast<std::size_t>(top.kind)]},
      {"code", top.code},
      {"severity", contradictions::kSeverities[static_cast<std::size_t>(top.severity)]},
      {"score", top.score},
      {"action", top.action}};
  if (!top.condition.empty()) out["condition"] = top.condition;
  if (!finding.sides[0].action.empty()) {
    out["subject"] = writer.Subject(finding, top);
    out["sides"] = ordered_json::array();
    for (const contradictions::FindingSide& side : finding.sides) {
      out["sides"].push_back({{"action", side.action}, {"members", side.members}});
    }
  }
  out["for"] = finding.sources_for;
  out["against"] = finding.sources_against;
  out["state"] = contradictions::StateOf(top);
  out["contradictions"] = ordered_json::array();
  for (const std::size_t at : finding.tensions) {
    out["contradictions"].push_back(PairObject(findings, all[at], writer));
  }
  return out;
}

}  // namespace sakuin::api

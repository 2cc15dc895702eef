#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/base/json_text.h"
#include "query/contradictions/reports/report.h"

namespace sakuin::contradictions {
namespace {

using nlohmann::ordered_json;

constexpr std::array<const char*, 12> kCodes = {"C1", "C2", "C3", "C4",  "C5",  "C6",
                                                "C7", "C8", "C9", "C10", "C11", "C12"};

// A path or an address as a URI reference (RFC 3986). What is no address keeps its slashes only, so
// that a colon in a name makes no scheme.
std::string UriReference(const std::string& uri) {
  const bool address = uri.find("://") != std::string::npos;
  const std::string_view kept = address ? "-._~/:?#[]@!$&'()*+,;=%" : "-._~/!$'()*,;=";
  std::string out;
  for (const char c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || kept.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    char escaped[4];
    std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned>(byte));
    out += escaped;
  }
  return out;
}

const char* LevelOf(Severity severity) {
  static constexpr std::array<const char*, 3> kLevels = {"note", "warning", "error"};
  return kLevels[static_cast<std::size_t>(severity)];
}

ordered_json Location(const ReportSide& side, const std::string& says) {
  const store::AdviceRecord& record = *side.record;
  ordered_json region = ordered_json::object();
  if (side.original.line > 0) region["startLine"] = side.original.line;
  if (side.original.column > 0) region["startColumn"] = side.original.column;
  region["byteOffset"] = record.source.begin;
  region["byteLength"] = record.source.end - record.source.begin;
  region["snippet"] = {{"text", record.quote}};
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", UriReference(record.uri)}}}, {"region", region}}},
          {"logicalLocations",
           {{{"fullyQualifiedName", record.SectionId()}, {"name", PathText(record.path)}}}},
          {"message", {{"text", says}}}};
}

// What was decided, as SARIF has it: a suppressed result needs nobody's work any more.
ordered_json Suppressions(const Decided& decision) {
  ordered_json out = ordered_json::array();
  const bool open = decision.state == "open" || decision.state == "changed" ||
                    decision.state == "confirmed" || decision.state == "reopened";
  if (open) return out;
  ordered_json one{{"kind", "external"}, {"status", "accepted"}};
  one["justification"] = decision.state + (decision.note.empty() ? "" : ": " + decision.note) +
                         (decision.by.empty() ? "" : " (" + decision.by + ")");
  out.push_back(std::move(one));
  return out;
}

class SarifReport : public ReportFormat {
 public:
  explicit SarifReport(const ReasonWriter& writer) : writer_(writer) {}

  std::string Head(const ReportHead& head) override {
    ordered_json rules = ordered_json::array();
    for (const char* const code : kCodes) {
      const std::string text = writer_.phrases().Say(std::string("ui.code.") + code);
      rules.push_back({{"id", code}, {"shortDescription", {{"text", text}}}});
    }
    const ordered_json driver{{"name", "Sakuin"},
                              {"version", head.version},
                              {"language", writer_.phrases().language()},
                              {"rules", std::move(rules)}};
    return "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
           "\"runs\":[{\"tool\":" +
           JsonText(ordered_json{{"driver", driver}}) +
           ",\"columnKind\":\"unicodeCodePoints\",\"results\":[";
  }

  std::string Finding(const ReportFinding& finding) override {
    std::string out;
    for (const ReportPair& pair : finding.pairs) {
      out += (any_ ? ",\n" : "\n") + JsonText(Result(pair, finding));
      any_ = true;
    }
    return out;
  }

  std::string Tail() override { return "\n]}]}\n"; }

 private:
  ordered_json Result(const ReportPair& pair, const ReportFinding& finding) const {
    const Tension& t = *pair.tension;
    const auto code = std::find(kCodes.begin(), kCodes.end(), t.code);
    ordered_json out{{"ruleId", t.code}};
    if (code != kCodes.end()) out["ruleIndex"] = code - kCodes.begin();
    out["level"] = LevelOf(t.severity);
    out["rank"] = std::min(100.0, t.score / kHighestScore * 100);
    out["message"] = {{"text", pair.reason.Text()}};
    out["locations"] = ordered_json::array({Location(pair.a, pair.reason.a)});
    ordered_json other = Location(pair.b, pair.reason.b);
    other["id"] = 1;
    out["relatedLocations"] = ordered_json::array({std::move(other)});
    out["partialFingerprints"] = {{"sakuinTension/v1", t.id}};
    ordered_json properties{{"kind", kKinds[static_cast<std::size_t>(t.kind)]},
                            {"severity", kSeverities[static_cast<std::size_t>(t.severity)]},
                            {"score", t.score},
                            {"cluster", t.cluster},
                            {"action", t.action}};
    if (!t.condition.empty()) properties["condition"] = t.condition;
    properties["state"] = pair.decision.state;
    properties["articles"] = {finding.finding->sources_for, finding.finding->sources_against};
    out["properties"] = std::move(properties);
    out["suppressions"] = Suppressions(pair.decision);
    return out;
  }

  static constexpr double kHighestScore = 1.5;  // Tension::score

  const ReasonWriter& writer_;
  bool any_ = false;
};

}  // namespace

std::unique_ptr<ReportFormat> MakeSarifReport(const ReasonWriter& writer) {
  return std::make_unique<SarifReport>(writer);
}

}  // namespace sakuin::contradictions

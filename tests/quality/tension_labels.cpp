// Tensions of labelled advice, without the extractor: `sakuin_tension_labels FOLDER` reads FOLDER's
// advice.json and prints what is found as JSON Lines:
// {"a","b","kind","code","severity","score","steps"}, best pair of each finding first.
// tests/quality/tensions.py compares it with contradictions.json beside it.

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/tensions.h"

namespace sakuin::contradictions {
namespace {

using nlohmann::json;

template <typename Names>
int PlaceOf(const Names& names, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<int>(i);
  }
  return -1;
}

std::optional<double> Number(const json& from, const char* key) {
  if (!from.contains(key) || !from[key].is_number()) return std::nullopt;
  return from[key].get<double>();
}

void ReadWindow(const json& label, model::Advice& out) {
  if (!label.is_object()) return;
  model::Window window;
  window.from_hours = Number(label, "from_h");
  window.to_hours = Number(label, "to_h");
  window.approximate = label.value("approx", false);
  std::string anchor = label.value("anchor", "injury");
  if (anchor == "after-exercise") anchor = "exercise";
  const int place = PlaceOf(model::kAnchors, anchor);
  window.anchor = place < 0 ? model::Anchor::kOnset : static_cast<model::Anchor>(place);
  if (window.from_hours || window.to_hours) out.window = window;
}

void ReadDose(const json& label, model::Advice& out) {
  if (!label.is_object()) return;
  static const std::map<std::string, std::pair<std::string, double>> kOther{
      {"days", {"duration_s", 86400}}, {"weeks", {"duration_s", 604800}},
      {"hours", {"duration_s", 3600}}, {"every_h", {"every_min", 60}},
      {"min", {"duration_min", 1}},    {"temp_c", {"temperature_c", 1}}};
  for (const auto& [key, value] : label.items()) {
    std::string name = key;
    double factor = 1;
    if (const auto other = kOther.find(key); other != kOther.end()) {
      name = other->second.first;
      factor = other->second.second;
    }
    const int place = PlaceOf(model::kDoseParts, name);
    if (place < 0) continue;
    model::DoseRange range;
    range.part = static_cast<model::DosePart>(place);
    if (value.is_number()) range.low = range.high = value.get<double>() * factor;
    if (value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number()) {
      range.low = value[0].get<double>() * factor;
      range.high = value[1].get<double>() * factor;
    }
    if (range.low || range.high) out.dose.push_back(range);
  }
}

Witness Read(const json& label) {
  Witness out;
  model::Advice& a = out.advice.Own();
  a.action = label["action"].is_string() ? label["action"] : label["action"]["id"];
  a.stance = static_cast<model::Stance>(PlaceOf(model::kStances, label["stance"]));
  a.for_it = a.stance == model::Stance::kConditional ? label.value("polarity", "for") == "for"
                                                     : a.stance == model::Stance::kRecommend;
  a.strength = static_cast<model::Strength>(
      std::max(0, PlaceOf(model::kStrengths, label.value("strength", "should"))));
  for (const json& condition : label["condition"]) a.conditions.push_back(condition);
  if (label["phase"].is_string()) {
    a.phase = static_cast<model::Phase>(std::max(0, PlaceOf(model::kPhases, label["phase"])));
  }
  if (label["population"].is_string()) a.population = label["population"];
  ReadWindow(label["time_window"], a);
  ReadDose(label["dose"], a);
  a.implicit = label.value("implicit", false);
  if (label.value("hedged", false)) a.attribution = model::Attribution::kHedged;
  if (label.value("misconception", false)) a.attribution = model::Attribution::kMisconception;
  out.quote_begin = label["start"].get<std::uint32_t>();
  out.id = label["id"];
  out.document_id = out.source = label["file"].get<std::string>();
  out.section_id = label["section"].is_string() ? label["section"].get<std::string>() : out.id;
  out.folded_quote = label["quote"].get<std::string>();
  return out;
}

void Print(const Tension& t, const std::vector<Witness>& witnesses) {
  std::puts(json{{"a", witnesses[t.a].id},
                 {"b", witnesses[t.b].id},
                 {"kind", kKinds[static_cast<std::size_t>(t.kind)]},
                 {"code", t.code},
                 {"severity", kSeverities[static_cast<std::size_t>(t.severity)]},
                 {"score", t.score},
                 {"steps", t.steps.str()}}
                .dump()
                .c_str());
}

int Main(const std::string& folder) {
  std::ifstream file(folder + "/advice.json");
  std::stringstream text;
  text << file.rdbuf();
  const json labels = json::parse(text.str(), nullptr, false);
  if (!labels.is_object()) {
    std::fprintf(stderr, "%s/advice.json can't be read\n", folder.c_str());
    return 2;
  }
  std::vector<Witness> witnesses;
  for (const json& label : labels["advice"]) witnesses.push_back(Read(label));
  const std::string data = std::string(SAKUIN_ROOT) + "/corpus";
  const auto thesaurus = thesaurus::Thesaurus::Load(data);
  if (!thesaurus) {
    std::fprintf(stderr, "%s\n", thesaurus.error().message.c_str());
    return 2;
  }
  const auto rules = TensionRules::Load(data, *thesaurus);
  if (!rules) {
    std::fprintf(stderr, "%s %s\n", rules.error().message.c_str(), rules.error().where.c_str());
    return 2;
  }
  const TensionSet found = FindTensions(witnesses, *rules);
  for (const Finding& f : found.findings) Print(found.tensions[f.tensions[0]], witnesses);
  for (const Finding& f : found.findings) {
    for (std::size_t i = 1; i < f.tensions.size(); ++i)
      Print(found.tensions[f.tensions[i]], witnesses);
  }
  return 0;
}

}  // namespace
}  // namespace sakuin::contradictions

int main(int argc, char** argv) {
  if (argc == 2) return sakuin::contradictions::Main(argv[1]);
  std::fprintf(stderr, "usage: sakuin_tension_labels FOLDER\n");
  return 2;
}

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/store/open.h"
#include "query/app/commands/commands.h"
#include "query/app/concept_choice.h"
#include "query/app/knowledge.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::app {
namespace {

using contradictions::Finding;
using contradictions::Severity;
using contradictions::Tension;
using contradictions::TensionSet;
using contradictions::WitnessList;

const std::vector<std::string> kLevels{"low", "medium", "high"};

class Contradictions : public Command {
 public:
  const char* Name() const override { return "contradictions"; }
  const char* Summary() const override { return "Find advice that contradicts other advice"; }
  const char* Examples() const override {
    return "  sakuin contradictions                                 findings, the most serious "
           "first\n"
           "  sakuin contradictions --condition cramp --pairs       every pair about cramps\n"
           "  sakuin contradictions --severity high --fail-on high  exit status 1 if there is one\n"
           "  sakuin contradictions --format jsonl                  one pair a line\n";
  }
  void Define(Options& app) override {
    const auto list = [&app](const char* flag, std::vector<std::string>& to, const char* text) {
      app.Add(flag, to, text).Repeated();
    };
    list("--condition", conditions_, "About this condition or what is narrower (id or label)");
    list("--action", actions_, "Either side about this action or what is narrower (id or label)");
    app.Add("--kind", kind_, "Only of this kind")
        .OneOf(
            std::vector<std::string>(contradictions::kKinds.begin(), contradictions::kKinds.end()));
    app.Add("--severity", severity_, "At least: low, medium or high").OneOf(kLevels);
    app.Flag("--cross-language", cross_language_, "Only between two languages");
    app.Flag("--pairs", pairs_, "Every pair, not the best one of each finding only");
    app.Add("--fail-on", fail_on_, "Exit status 1 where one is at least this serious")
        .OneOf(kLevels);
    app.Add("--format", format_, "text, json or jsonl").OneOf({"text", "json", "jsonl"});
    app.Flag("--json", json_, "One JSON object");
  }
  int Run(const Context& context) override {
    if (json_) format_ = "json";
    const auto text_rules = LoadTextRules(context);
    if (!text_rules) return Complain(text_rules.error());
    const auto conditions = ChooseConcepts(**text_rules, conditions_, "condition");
    if (!conditions) return Complain(conditions.error());
    const auto actions = ChooseConcepts(**text_rules, actions_, "action");
    if (!actions) return Complain(actions.error());
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    const auto rules = contradictions::TensionRules::Load(*folder, (*text_rules)->thesaurus());
    if (!rules) return Complain(rules.error());
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto read = contradictions::ReadWitnesses(**reader, (*text_rules)->folding());
    if (!read) return Complain(read.error());
    const TensionSet found = contradictions::FindTensions(read->witnesses, *rules);
    const auto chosen = [&](const Tension& t) {
      const auto& a = read->witnesses[t.a];
      const auto& b = read->witnesses[t.b];
      const auto in = [](const std::vector<std::string>& ids, const std::string& id) {
        return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
      };
      return in(*conditions, t.condition) &&
             (in(*actions, a.advice.action) || in(*actions, b.advice.action)) &&
             (kind_.empty() || kind_ == KindOf(t)) && t.severity >= Level(severity_) &&
             (!cross_language_ || a.language.substr(0, 2) != b.language.substr(0, 2));
    };
    return Print(**text_rules, context, *read, found, chosen);
  }

 private:
  static std::string KindOf(const Tension& t) {
    return std::string(contradictions::kKinds[static_cast<std::size_t>(t.kind)]);
  }
  static Severity Level(const std::string& name) {
    const auto at = std::find(kLevels.begin(), kLevels.end(), name);
    return at == kLevels.end() ? Severity::kLow : static_cast<Severity>(at - kLevels.begin());
  }

  template <typename Chosen>
  int Print(const pipeline::TextRules& rules, const Context& context, const WitnessList& read,
            const TensionSet& found, const Chosen& chosen) const {
    std::vector<const Tension*> best;
    std::vector<const Tension*> others;
    bool failed = false;
    std::size_t findings = 0;
    for (const Finding& finding : found.findings) {
      std::vector<const Tension*> here;
      for (const std::size_t i : finding.tensions) {
        if (chosen(found.tensions[i])) here.push_back(&found.tensions[i]);
      }
      if (here.empty()) continue;
      ++findings;
      best.push_back(here[0]);
      others.insert(others.end(), here.begin() + 1, here.end());
      failed = failed || (!fail_on_.empty() && here[0]->severity >= Level(fail_on_));
      if (format_ == "text") PrintFinding(rules, context, read, finding, here);
    }
    best.insert(best.end(), others.begin(), others.end());
    if (format_ == "text") {
      Out(fmt::format("{} finding{}, {} pair{}, {} pieces of advice compared\n", findings,
                      findings == 1 ? "" : "s", best.size(), best.size() == 1 ? "" : "s",
                      read.witnesses.size()));
    } else {
      PrintJson(read, best, findings);
    }
    return failed ? kSomething : kDone;
  }

  void PrintJson(const WitnessList& read, const std::vector<const Tension*>& tensions,
                 std::size_t findings) const {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Tension* const t : tensions) {
      auto object = contradictions::TensionObject(*t, read);
      if (format_ == "json") {
        list.push_back(std::move(object));
      } else {
        Out(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
      }
    }
    if (format_ != "json") return;
    const nlohmann::ordered_json out{
        {"total", tensions.size()}, {"findings", findings}, {"contradictions", std::move(list)}};
    Out(out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  }

  void PrintFinding(const pipeline::TextRules& rules, const Context& context,
                    const WitnessList& read, const Finding& finding,
                    const std::vector<const Tension*>& tensions) const {
    const Tension& top = *tensions[0];
    const std::string condition =
        top.condition.empty() ? "no condition" : LabelOf(rules, top.condition, context.ui_language);
    Out(fmt::format("{}  {} {}  {} / {}  [{}]\n",
                    contradictions::kSeverities[static_cast<std::size_t>(top.severity)],
                    KindOf(top), top.code,
                    Printable(LabelOf(rules, top.action, context.ui_language)),
                    Printable(condition), finding.id));
    for (const Tension* const t : tensions) {
      PrintSide("a", read.records[t->a]);
      PrintSide("b", read.records[t->b]);
      Out("   " + contradictions::Explanation(*t) + "\n");
      if (!pairs_) break;
    }
    Out(fmt::format("   articles: {} against {}\n\n", finding.sources_for,
                    finding.sources_against));
  }

  static void PrintSide(const char* side, const store::AdviceRecord& record) {
    std::string path;
    for (const std::string& step : record.path) path += (path.empty() ? "" : " > ") + step;
    const std::string measures = contradictions::MeasuresText(record.advice);
    Out(fmt::format("   {} {}{}: \"{}\"\n     {}  {}  {}\n", side,
                    contradictions::StanceText(record.advice),
                    measures.empty() ? "" : " (" + measures + ")", Printable(record.quote),
                    record.SectionId(), record.language, Printable(path)));
  }

  std::vector<std::string> conditions_;
  std::vector<std::string> actions_;
  std::string kind_;
  std::string severity_;
  std::string fail_on_;
  std::string format_ = "text";
  bool cross_language_ = false;
  bool pairs_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeContradictions() { return std::make_unique<Contradictions>(); }

}  // namespace sakuin::app

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/base/json_text.h"
#include "indexer/store/open.h"
#include "indexer/store/reviews.h"
#include "query/app/commands/commands.h"
#include "query/app/commands/editing/baseline.h"
#include "query/app/concept_choice.h"
#include "query/app/contradiction_text.h"
#include "query/app/knowledge.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/reasons/reason.h"
#include "query/contradictions/reports/report.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::app {
namespace {

using contradictions::Finding;
using contradictions::ReasonWriter;
using contradictions::ReportFormat;
using contradictions::ReportHead;
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
           "  sakuin contradictions --format jsonl                  one pair a line\n"
           "  sakuin contradictions --format html > report.html     both originals side by side\n"
           "  sakuin contradictions --ui-language ja                reasons in Japanese\n"
           "  sakuin contradictions --state false-positive          what was decided so\n"
           "  sakuin contradictions --baseline known.jsonl --fail-on low   only what is new\n";
  }
  void Define(Options& app) override {
    const auto list = [&app](const char* flag, std::vector<std::string>& to, const char* text) {
      return app.Add(flag, to, text).Repeated();
    };
    list("--condition", conditions_, "About this condition or what is narrower (id or label)");
    list("--action", actions_, "Either side about this action or what is narrower (id or label)");
    app.Add("--kind", kind_, "Only of this kind")
        .OneOf(
            std::vector<std::string>(contradictions::kKinds.begin(), contradictions::kKinds.end()));
    app.Add("--severity", severity_, "At least: low, medium or high").OneOf(kLevels);
    list("--state", states_, "Of this state; all: of every one (default: open and changed)")
        .OneOf(StatesAndAll());
    baseline_.Define(app);
    app.Flag("--cross-language", cross_language_, "Only between two languages");
    app.Flag("--pairs", pairs_,
             "Every pair, not the best one of each finding (JSON and CSV always have all)");
    app.Add("--fail-on", fail_on_, "Exit status 1 where one is at least this serious")
        .OneOf(kLevels);
    app.Add("--format", format_, "text, json, jsonl, csv, html, markdown or sarif")
        .OneOf({"text", "json", "jsonl", "csv", "html", "markdown", "sarif"});
    app.Flag("--bom", bom_, "With --format csv: begin with a byte order mark");
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
    TensionSet found = contradictions::FindTensions(read->witnesses, *rules);
    const auto log = store::ReadReviews(context.kb);
    if (!log) return Complain(log.error());
    contradictions::Decide(*log, read->witnesses, found.tensions);
    const auto chosen = [&](const Tension& t) {
      const auto& a = read->witnesses[t.a];
      const auto& b = read->witnesses[t.b];
      const auto in = [](const std::vector<std::string>& ids, const std::string& id) {
        return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
      };
      return in(*conditions, t.condition) &&
             (in(*actions, a.advice.action) || in(*actions, b.advice.action)) &&
             (kind_.empty() || kind_ == KindOf(t)) && t.severity >= Level(severity_) &&
             (!cross_language_ || a.language.substr(0, 2) != b.language.substr(0, 2)) && Wanted(t);
    };
    const auto fresh = baseline_.Apply(context, *read, found.tensions, chosen);
    if (!fresh) return Complain(fresh.error());
    const auto phrases = contradictions::Phrases::Load(*folder, context.ui_language);
    if (!phrases) return Complain(phrases.error());
    const ReasonWriter writer(*phrases, *rules, [&](const std::string& id) {
      return LabelOf(**text_rules, id, context.ui_language);
    });
    return Print(writer, context, *read, found, *fresh, **reader);
  }

 private:
  static std::vector<std::string> StatesAndAll() {
    std::vector<std::string> out(store::kReviewStates.begin(), store::kReviewStates.end());
    out.insert(out.end(), {"changed", "all"});
    return out;
  }
  bool Wanted(const Tension& t) const {
    const auto in = [this](const std::string& state) {
      return std::find(states_.begin(), states_.end(), state) != states_.end();
    };
    return states_.empty() ? contradictions::IsPending(t)
                           : in("all") || in(contradictions::StateOf(t));
  }
  static std::string KindOf(const Tension& t) {
    return std::string(contradictions::kKinds[static_cast<std::size_t>(t.kind)]);
  }
  static Severity Level(const std::string& name) {
    const auto at = std::find(kLevels.begin(), kLevels.end(), name);
    return at == kLevels.end() ? Severity::kLow : static_cast<Severity>(at - kLevels.begin());
  }

  // Every pair in these, the best one of a finding in the others.
  bool ShowsEveryPair() const { return pairs_ || format_ == "csv"; }

  std::unique_ptr<ReportFormat> MakeFormat(const ReasonWriter& writer,
                                           const Context& context) const {
    if (format_ == "csv") return contradictions::MakeCsvReport(bom_);
    if (format_ == "html") return contradictions::MakeHtmlReport(writer);
    if (format_ == "markdown") return contradictions::MakeMarkdownReport(writer);
    if (format_ == "sarif") return contradictions::MakeSarifReport(writer);
    return MakeTextReport(writer, WantsColor(context.color));
  }

  template <typename Chosen>
  int Print(const ReasonWriter& writer, const Context& context, const WitnessList& read,
            const TensionSet& found, const Chosen& chosen, store::IndexReader& reader) const {
    ReportHead head;
    head.compared = read.witnesses.size();
    head.version = kProgramVersion;
    std::vector<std::vector<const Tension*>> shown;
    bool failed = false;
    for (const Finding& finding : found.findings) {
      std::vector<const Tension*> here;
      for (const std::size_t i : finding.tensions) {
        if (chosen(found.tensions[i])) here.push_back(&found.tensions[i]);
      }
      if (here.empty()) continue;
      head.findings.push_back({&finding, here[0]});
      head.pairs += here.size();
      failed = failed || (!fail_on_.empty() && here[0]->severity >= Level(fail_on_));
      shown.push_back(std::move(here));
    }
    if (format_ == "json" || format_ == "jsonl") {
      PrintJson(writer, read, shown);
      return failed ? kSomething : kDone;
    }
    const auto format = MakeFormat(writer, context);
    contradictions::Originals originals(reader);
    const bool plain = format_ == "text" || format_ == "csv";
    const contradictions::ReportBuilder builder(writer, read, plain ? nullptr : &originals);
    Out(format->Head(head));
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const auto finding = builder.Build(*head.findings[i].finding, shown[i], ShowsEveryPair());
      if (!finding) return Complain(finding.error());
      Out(format->Finding(*finding));
    }
    Out(format->Tail());
    return failed ? kSomething : kDone;
  }

  // The best pair of each finding, then the others.
  void PrintJson(const ReasonWriter& writer, const WitnessList& read,
                 const std::vector<std::vector<const Tension*>>& shown) const {
    std::vector<const Tension*> tensions;
    for (const auto& finding : shown) tensions.push_back(finding[0]);
    for (const auto& finding : shown) {
      tensions.insert(tensions.end(), finding.begin() + 1, finding.end());
    }
    const bool lines = format_ == "jsonl";
    if (!lines) {
      Out(fmt::format("{{\"total\":{},\"findings\":{},\"contradictions\":[", tensions.size(),
                      shown.size()));
    }
    for (std::size_t i = 0; i < tensions.size(); ++i) {
      const Tension& t = *tensions[i];
      const auto reason = writer.Write(t, read.records[t.a], read.records[t.b]);
      Out((lines || i == 0 ? "" : ",") +
          JsonText(contradictions::TensionObject(t, read, reason.Text())) + (lines ? "\n" : ""));
    }
    if (!lines) Out("]}\n");
  }

  std::vector<std::string> conditions_;
  std::vector<std::string> actions_;
  std::vector<std::string> states_;
  Baseline baseline_;
  std::string kind_;
  std::string severity_;
  std::string fail_on_;
  std::string format_ = "text";
  bool cross_language_ = false;
  bool pairs_ = false;
  bool bom_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeContradictions() { return std::make_unique<Contradictions>(); }

}  // namespace sakuin::app

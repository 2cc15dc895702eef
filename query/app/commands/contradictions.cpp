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
#include "query/app/commands/editing/today.h"
#include "query/app/contradiction_text.h"
#include "query/contradictions/decisions/states.h"
#include "query/contradictions/reasons/reason.h"
#include "query/contradictions/reports/report.h"
#include "query/contradictions/selection.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"
#include "query/service/concept_choice.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

using contradictions::ReasonWriter;
using contradictions::ReportFormat;
using contradictions::ReportHead;
using contradictions::SelectedFinding;
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
           "  sakuin contradictions --json --limit 100              one object, with `next`\n"
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
    app.Add("--limit", limit_, "Findings to show; of JSON, pairs (default: all)")
        .Between(0, 1000000);
    app.Add("--after", after_, "Go on behind this cursor: `next` of an earlier answer");
    app.Add("--fail-on", fail_on_, "Exit status 1 where one is at least this serious")
        .OneOf(kLevels);
    app.Add("--format", format_, "text, json, jsonl, csv, html, markdown or sarif")
        .OneOf({"text", "json", "jsonl", "csv", "html", "markdown", "sarif"});
    app.Flag("--bom", bom_, "With --format csv: begin with a byte order mark");
    app.Flag("--json", json_, "One JSON object");
  }
  int Run(const Context& context) override {
    if (json_) format_ = "json";
    const auto text_rules = service::LoadTextRules(context);
    if (!text_rules) return Complain(text_rules.error());
    const auto conditions = service::ChooseConcepts(**text_rules, conditions_, "condition");
    if (!conditions) return Complain(conditions.error());
    const auto actions = service::ChooseConcepts(**text_rules, actions_, "action");
    if (!actions) return Complain(actions.error());
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    const auto rules = contradictions::TensionRules::Load(*folder, (*text_rules)->thesaurus());
    if (!rules) return Complain(rules.error());
    auto opened = store::OpenReader(context.kb);
    if (!opened) return Complain(opened.error());
    const std::shared_ptr<store::IndexReader> reader = std::move(*opened);
    const auto info = reader->Info();
    if (!info) return Complain(info.error());
    const auto read = contradictions::ReadWitnesses(reader, (*text_rules)->folding());
    if (!read) return Complain(read.error());
    TensionSet found = contradictions::FindTensions(read->witnesses, *rules);
    RememberFindings(context, info->generation, *read, found);
    const auto log = store::ReadReviews(context.kb);
    if (!log) return Complain(log.error());
    contradictions::Decide(*log, read->witnesses, found.tensions, &(*text_rules)->folding());
    const auto filter = FilterOf(*conditions, *actions);
    const auto chosen = [&](const Tension& t) { return Fits(t, read->witnesses, filter); };
    const auto fresh = baseline_.Apply(context, *read, found.tensions, chosen);
    if (!fresh) return Complain(fresh.error());
    const auto phrases = contradictions::Phrases::Load(*folder, context.ui_language);
    if (!phrases) return Complain(phrases.error());
    const ReasonWriter writer(*phrases, *rules, [&](const std::string& id) {
      return service::LabelOf(**text_rules, id, context.ui_language);
    });
    return Print(writer, context, *read, SelectFindings(found, *fresh), *reader);
  }

 private:
  static std::vector<std::string> StatesAndAll() {
    std::vector<std::string> out(store::kReviewStates.begin(), store::kReviewStates.end());
    out.insert(out.end(), {"changed", "all"});
    return out;
  }
  contradictions::TensionFilter FilterOf(const std::vector<std::string>& conditions,
                                         const std::vector<std::string>& actions) const {
    contradictions::TensionFilter out;
    out.conditions = conditions;
    out.actions = actions;
    const auto& kinds = contradictions::kKinds;
    const auto kind = std::find(kinds.begin(), kinds.end(), kind_);
    if (kind != kinds.end()) out.kind = static_cast<contradictions::Kind>(kind - kinds.begin());
    out.severity = Level(severity_);
    out.states = states_;
    out.cross_language = cross_language_;
    return out;
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

  int Print(const ReasonWriter& writer, const Context& context, const WitnessList& read,
            const std::vector<SelectedFinding>& selected, store::IndexReader& reader) const {
    const bool failed =
        !fail_on_.empty() && std::any_of(selected.begin(), selected.end(), [this](const auto& one) {
          return one.tensions.front()->severity >= Level(fail_on_);
        });
    const bool json = format_ == "json" || format_ == "jsonl";
    const Status done = json ? PrintJson(writer, context, read, selected)
                             : PrintReport(writer, context, read, selected, reader);
    if (!done) return Complain(done.error());
    return failed ? kSomething : kDone;
  }

  Status PrintReport(const ReasonWriter& writer, const Context& context, const WitnessList& read,
                     const std::vector<SelectedFinding>& selected,
                     store::IndexReader& reader) const {
    const auto page = contradictions::PageOfFindings(selected, Page());
    if (!page) return Pass(page);
    ReportHead head;
    head.compared = read.witnesses.size();
    head.version = kProgramVersion;
    for (const SelectedFinding* const one : page->findings) {
      head.findings.push_back({one->finding, one->tensions[0]});
      head.pairs += one->tensions.size();
    }
    const auto format = MakeFormat(writer, context);
    contradictions::Originals originals(reader);
    const bool plain = format_ == "text" || format_ == "csv";
    const contradictions::ReportBuilder builder(writer, read, plain ? nullptr : &originals);
    Out(format->Head(head));
    for (const SelectedFinding* const one : page->findings) {
      const auto finding = builder.Build(*one->finding, one->tensions, ShowsEveryPair());
      if (!finding) return Pass(finding);
      Out(format->Finding(*finding));
    }
    Out(format->Tail());
    SayMore(context, page->next);
    return {};
  }

  // The best pair of each finding, then the others.
  Status PrintJson(const ReasonWriter& writer, const Context& context, const WitnessList& read,
                   const std::vector<SelectedFinding>& selected) const {
    const auto page = contradictions::PageOfPairs(selected, Page());
    if (!page) return Pass(page);
    const bool lines = format_ == "jsonl";
    if (!lines) {
      const std::string next = page->next.empty() ? "" : ",\"next\":\"" + page->next + "\"";
      Out(fmt::format("{{\"total\":{},\"findings\":{}{},\"contradictions\":[", page->total,
                      page->findings, next));
    }
    for (std::size_t i = 0; i < page->pairs.size(); ++i) {
      const Tension& t = *page->pairs[i];
      const auto a = read.records.Get(t.a);
      if (!a) return Pass(a);
      const auto b = read.records.Get(t.b);
      if (!b) return Pass(b);
      const auto reason = writer.Write(t, **a, **b);
      Out((lines || i == 0 ? "" : ",") +
          JsonText(contradictions::TensionObject(t, read, reason.Text())) + (lines ? "\n" : ""));
    }
    if (!lines) Out("]}\n");
    if (lines) SayMore(context, page->next);
    return {};
  }

  contradictions::PageRequest Page() const {
    contradictions::PageRequest out;
    if (limit_ >= 0) out.limit = static_cast<std::size_t>(limit_);
    out.after = after_;
    return out;
  }

  // Where the format itself has no place for it, beside the result.
  void SayMore(const Context& context, const std::string& next) const {
    if (next.empty()) return;
    if (format_ == "text") {
      Out("more: --after " + next + "\n");
    } else if (!context.quiet) {
      Err("sakuin: more: --after " + next + "\n");
    }
  }

  std::vector<std::string> conditions_;
  std::vector<std::string> actions_;
  std::vector<std::string> states_;
  Baseline baseline_;
  std::string after_;
  std::int64_t limit_ = -1;
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

#include <algorithm>
#include <optional>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/pipeline/collect.h"
#include "indexer/pipeline/ingest_run.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"
#include "indexer/store/reviews.h"
#include "query/app/commands/commands.h"
#include "query/app/commands/editing/check_report.h"
#include "query/contradictions/tension_rules.h"
#include "query/service/concept_choice.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

using contradictions::Severity;

const std::vector<std::string> kLevels{"low", "medium", "high"};

// Reads drafts one after the other and prints what is found of each.
class Checking : public ingest::SourceSink {
 public:
  Checking(const Context& context, pipeline::Pipeline& pipeline, const contradictions::Known& known,
           bool resolved, CheckReport& report)
      : context_(context),
        pipeline_(pipeline),
        known_(known),
        resolved_(resolved),
        report_(report) {}

  bool Take(model::Source source) override {
    auto made = pipeline_.Make(source);
    if (!made) {
      Reject(made.error());
      return !context_.stop->load();
    }
    const model::Document& document = made->document;
    for (const std::string& note : document.notes) Warn(context_, source.uri + ": " + note);
    const auto check = contradictions::CheckDraft(document, known_, resolved_);
    if (!check) {
      failed_ = check.error();
      return false;
    }
    for (const std::string& copy : check->copies) {
      if (copy != document.id && context_.verbosity > 0) {
        Err("sakuin: " + Printable(source.uri) + ": not compared with " + copy +
            ", of which it is a copy or a new version\n");
      }
    }
    for (const contradictions::DraftFinding& found : check->findings) {
      worst_ = std::max(worst_.value_or(Severity::kLow), found.tension.severity);
    }
    Out(report_.Draft({source, document, *check}));
    return !context_.stop->load();
  }
  void Reject(Error error) override {
    Err("sakuin: rejected: " + Printable(error.Text()) + "\n");
    rejected_ = true;
  }
  void Note(std::string warning) override { Warn(context_, warning); }

  bool rejected() const { return rejected_; }
  const std::optional<Error>& failed() const { return failed_; }
  const std::optional<Severity>& worst() const { return worst_; }  // none: nothing was found

 private:
  const Context& context_;
  pipeline::Pipeline& pipeline_;
  const contradictions::Known& known_;
  bool resolved_;
  CheckReport& report_;
  bool rejected_ = false;
  std::optional<Error> failed_;
  std::optional<Severity> worst_;
};

class Check : public Command {
 public:
  const char* Name() const override { return "check"; }
  const char* Summary() const override {
    return "Compare a new article with what is known, and with itself";
  }
  const char* Examples() const override {
    return "  sakuin check draft.html                       file:line:column of what is disputed\n"
           "  sakuin check --fail-on high drafts/           exit status 1 from there on\n"
           "  sakuin check --format sarif draft.md > draft.sarif\n";
  }
  void Define(Options& app) override {
    app.Add("DRAFT", paths_, "Files, folders, or - for standard input").Required();
    app.Add("--format", format_, "text, jsonl or sarif").OneOf({"text", "jsonl", "sarif"});
    app.Add("--fail-on", fail_on_,
            "Exit status 1 from this severity on (default: whatever is found)")
        .OneOf(kLevels);
    app.Flag("--resolved", resolved_, "Also what a stated condition explains");
    app.Add("--input-format", read_.format, "How to read them").OneOf(kInputFormats);
    app.Add("--columns", read_.columns, kColumnsHelp);
    app.Add("--encoding", read_.encoding, "Encoding of the bytes, such as GBK");
    app.Add("--language", read_.language, "Language of the articles")
        .OneOf({"zh-Hans", "zh-Hant", "ja", "en", "und"});
  }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto rules = service::LoadRules(context);
    if (!rules) return Complain(rules.error());
    const auto info = (*reader)->Info();
    if (!info) return Complain(info.error());
    if (const Status same = pipeline::CheckAnalyzer(*info, (*rules)->text(), context.kb); !same) {
      return Complain(same.error());
    }
    auto pipeline = pipeline::Pipeline::Create(**rules);
    if (!pipeline) return Complain(pipeline.error());
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    const auto weights = contradictions::TensionRules::Load(*folder, (*rules)->thesaurus());
    if (!weights) return Complain(weights.error());
    const auto log = store::ReadReviews(context.kb);
    if (!log) return Complain(log.error());
    const contradictions::Known known{reader->get(), &(*rules)->folding(), &(*rules)->thesaurus(),
                                      &*weights, &*log};
    const auto phrases = contradictions::Phrases::Load(*folder, context.ui_language);
    if (!phrases) return Complain(phrases.error());
    const contradictions::ReasonWriter writer(*phrases, *weights, [&](const std::string& id) {
      return service::LabelOf((*rules)->text(), id, context.ui_language);
    });
    const auto report = MakeCheckReport(format_, writer);
    Checking checking(context, *pipeline, known, resolved_, *report);
    return Read(context, **rules, checking, *report);
  }

 private:
  int Read(const Context& context, const pipeline::Rules& rules, Checking& checking,
           CheckReport& report) const {
    const pipeline::Inputs inputs = pipeline::CollectInputs(paths_);
    for (const pipeline::Rejected& bad : inputs.rejected) {
      checking.Reject({bad.code, bad.reason, bad.uri});
    }
    Out(report.Begin());
    for (const std::string& file : inputs.files) {
      rules.source_reader().Read(file, read_, checking);
      if (checking.failed()) return Complain(*checking.failed());
      if (context.stop->load()) return kInterrupted;
    }
    Out(report.End());
    if (checking.rejected()) return kFailed;
    const auto level = std::find(kLevels.begin(), kLevels.end(), fail_on_);
    const int least = fail_on_.empty() ? 0 : static_cast<int>(level - kLevels.begin());
    const bool found = checking.worst() && static_cast<int>(*checking.worst()) >= least;
    return found ? kSomething : kDone;
  }

  std::vector<std::string> paths_;
  std::string format_ = "text";
  std::string fail_on_;
  pipeline::ReadOptions read_;
  bool resolved_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeCheck() { return std::make_unique<Check>(); }

}  // namespace sakuin::app

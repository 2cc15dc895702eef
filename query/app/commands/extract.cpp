#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/base/utf8.h"
#include "indexer/pipeline/collect.h"
#include "indexer/pipeline/pipeline.h"
#include "query/app/commands/commands.h"
#include "query/contradictions/advice_json.h"
#include "query/results/to_json.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

class Extract : public Command {
 public:
  const char* Name() const override { return "extract"; }
  const char* Summary() const override { return "Show what `ingest` would keep, without an index"; }
  const char* Examples() const override {
    return "  sakuin extract page.html                        JSON Lines, a document a line\n"
           "  sakuin extract --format markdown page.html\n"
           "  sakuin extract --trace page.html               what was dropped, and why\n"
           "  sakuin extract articles/ > articles.jsonl       `ingest` reads this back\n";
  }
  void Define(Options& app) override {
    app.Add("PATH", paths_, "Files, folders, or - for standard input").Required();
    app.Add("--format", format_, "jsonl, text or markdown").OneOf({"jsonl", "text", "markdown"});
    app.Add("--input-format", read_.format, "How to read them").OneOf(kInputFormats);
    app.Add("--columns", read_.columns, kColumnsHelp);
    app.Flag("--trace", trace_, "Show every block, kept or dropped, and why");
    app.Add("--encoding", read_.encoding, "Encoding of the bytes, such as GBK");
    app.Add("--language", read_.language, "Language of the articles")
        .OneOf({"zh-Hans", "zh-Hant", "ja", "en", "und"});
  }
  int Run(const Context& context) override {
    const auto rules = service::LoadRules(context, service::KbThesauri::kLeftOut);
    if (!rules) return Complain(rules.error());
    auto pipeline = pipeline::Pipeline::Create(**rules);
    if (!pipeline) return Complain(pipeline.error());
    const pipeline::Inputs inputs = pipeline::CollectInputs(paths_);
    Reader reader(*this, context, *pipeline, inputs.rejected);
    for (const std::string& file : inputs.files) {
      (*rules)->source_reader().Read(file, read_, reader);
      if (context.stop->load()) return kInterrupted;
    }
    const std::vector<pipeline::Rejected>& rejected = reader.rejected();
    for (const pipeline::Rejected& bad : rejected) {
      Err("sakuin: rejected: " + Printable(bad.uri) + ": " + Printable(bad.reason) + "\n");
    }
    if (rejected.empty()) return kDone;
    return reader.read() == 0 ? kFailed : kSomething;
  }

 private:
  // Prints every source as it comes.
  class Reader : public ingest::SourceSink {
   public:
    Reader(const Extract& command, const Context& context, const pipeline::Pipeline& pipeline,
           std::vector<pipeline::Rejected> rejected)
        : command_(command),
          context_(context),
          pipeline_(pipeline),
          rejected_(std::move(rejected)) {}
    bool Take(model::Source source) override {
      source.trace = command_.trace_;
      const auto document = pipeline_.Read(source);
      if (!document) {
        rejected_.push_back({source.uri, document.error().message, document.error().code});
      } else {
        for (const std::string& note : document->notes) Warn(context_, source.uri + ": " + note);
        command_.Print(*document);
        ++read_;
      }
      return !context_.stop->load();
    }
    void Reject(Error error) override {
      rejected_.push_back({error.where, error.message, error.code});
    }
    void Note(std::string warning) override { Warn(context_, warning); }
    const std::vector<pipeline::Rejected>& rejected() const { return rejected_; }
    std::size_t read() const { return read_; }

   private:
    const Extract& command_;
    const Context& context_;
    const pipeline::Pipeline& pipeline_;
    std::vector<pipeline::Rejected> rejected_;
    std::size_t read_ = 0;
  };

  // A line a block: kept or dropped, the source's bytes, why, the text's beginning.
  static void PrintTrace(const model::Document& document) {
    constexpr std::size_t kShown = 60;
    std::size_t kept = 0;
    Out(Printable(document.uri) + "\n  encoding " + document.encoding + " (" +
        document.encoding_reason + "), " + std::to_string(document.replaced) +
        " bytes replaced, profile " + document.profile + ", language " + document.language + "\n");
    for (const model::TraceStep& step : document.trace) {
      std::string text =
          step.text.substr(0, utf8::FloorBoundary(step.text, std::min(kShown, step.text.size())));
      if (text.size() < step.text.size()) text += " ...";
      kept += step.kept ? 1 : 0;
      Out(std::string(step.kept ? "  kept     " : "  dropped  ") +
          std::to_string(step.source.begin) + "-" + std::to_string(step.source.end) + "\t" +
          Printable(step.reason) + "\t" + Printable(text) + "\n");
    }
    Out("  " + std::to_string(kept) + " kept, " + std::to_string(document.trace.size() - kept) +
        " dropped\n");
  }

  void Print(const model::Document& document) const {
    if (trace_) return PrintTrace(document);
    if (format_ == "jsonl") {
      Out(results::ToJson(document, contradictions::SectionAdvice) + "\n");
    } else if (format_ == "markdown") {
      Out(results::ToMarkdown(document) + "\n");
    } else {
      for (const model::Section& section : document.sections) {
        Out(section.heading + "\n" + section.text + (section.text.empty() ? "\n" : "\n\n"));
      }
    }
  }

  std::vector<std::string> paths_;
  std::string format_ = "jsonl";
  pipeline::ReadOptions read_;
  bool trace_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeExtract() { return std::make_unique<Extract>(); }

}  // namespace sakuin::app


#include "indexer/pipeline/ingest_run.h"
#include "query/app/commands/commands.h"
#include "query/app/summary.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

class Ingest : public Command {
 public:
  const char* Name() const override { return "ingest"; }
  const char* Summary() const override { return "Read articles into the knowledge base"; }
  const char* Examples() const override {
    return "  sakuin ingest articles/                    a folder, with everything below it\n"
           "  sakuin --db knee.db ingest a.html b.txt    into a knowledge base of another name\n"
           "  sakuin ingest --prune articles/            also forget what is no longer there\n"
           "  sakuin ingest --format jsonl records.jsonl --json\n"
           "  sakuin ingest crawl.warc.gz book.epub pages.zip\n"
           "  sakuin ingest --columns text=answer,title=question questions.csv\n"
           "  cat page.html | sakuin ingest --format html -\n";
  }
  void Define(Options& app) override {
    app.Add("PATH", options_.paths, "Files, folders, archives, or - for standard input").Required();
    app.Add("--format", options_.read.format, "How to read them").OneOf(kInputFormats);
    app.Add("--columns", options_.read.columns, kColumnsHelp);
    app.Add("--encoding", options_.read.encoding, "Encoding of the bytes, such as GBK");
    app.Add("--language", options_.read.language, "Language of the articles")
        .OneOf({"zh-Hans", "zh-Hant", "ja", "en", "und"});
    app.Add("--jobs", options_.jobs, "Threads that analyse (0: one a core)").Between(0, 64);
    app.Flag("--prune", options_.prune, "Remove documents whose file is gone from the given paths");
    app.Flag("--dry-run", options_.dry_run, "Say what would happen; write nothing");
    app.Flag("--no-keep-source", no_keep_source_,
             "Do not keep the inputs' bytes (a rebuild then uses the sections)");
    app.Flag("--no-tags", no_tags_,
             "Sections get no conditions and aspects; a later ingest without it adds them");
    app.Add("--batch-bytes", options_.batch_bytes, "Commit after this many bytes of input")
        .Hidden();
    app.Flag("--json", json_, "The summary as one JSON object");
  }
  int Run(const Context& context) override {
    const auto rules = service::LoadRules(context, service::KbThesauri::kUsed, {!no_tags_});
    if (!rules) return Complain(rules.error());
    options_.program_version = kProgramVersion;
    options_.keep_source = !no_keep_source_;
    Progress progress(context, options_.dry_run ? "reading" : "ingesting");
    pipeline::IngestEvents events;
    events.progress = [&progress](const pipeline::IngestProgress& now) { progress.Show(now); };
    if (context.verbosity > 0) {
      events.committed = [](const std::vector<std::string>& uris) {
        for (const std::string& uri : uris) Err("kept " + Printable(uri) + "\n");
      };
    }
    options_.report = json_;
    const auto summary = pipeline::RunIngest(context.kb, **rules, options_, events, *context.stop);
    if (!summary) return Complain(summary.error());
    return PrintSummary(context, *summary, json_, options_.dry_run);
  }

 private:
  pipeline::IngestOptions options_;
  bool no_keep_source_ = false;
  bool no_tags_ = false;
  bool json_ = false;
};

class Rebuild : public Command {
 public:
  const char* Name() const override { return "rebuild"; }
  const char* Summary() const override {
    return "Make every document anew by today's rules and analyzer";
  }
  const char* Examples() const override {
    return "  sakuin rebuild            after an upgrade, or a change of thesaurus or folding\n"
           "  sakuin --db knee.db rebuild --json\n";
  }
  void Define(Options& app) override {
    app.Flag("--json", json_, "The summary as one JSON object");
  }
  int Run(const Context& context) override {
    const auto rules = service::LoadRules(context);
    if (!rules) return Complain(rules.error());
    pipeline::IngestOptions options;
    options.program_version = kProgramVersion;
    Progress progress(context, "rebuilding");
    pipeline::IngestEvents events;
    events.progress = [&progress](const pipeline::IngestProgress& now) { progress.Show(now); };
    const auto summary = pipeline::RunRebuild(context.kb, **rules, options, events, *context.stop);
    if (!summary) return Complain(summary.error());
    return PrintSummary(context, *summary, json_, false);
  }

 private:
  bool json_ = false;
};

class Delete : public Command {
 public:
  const char* Name() const override { return "delete"; }
  const char* Summary() const override { return "Remove documents from the knowledge base"; }
  const char* Examples() const override {
    return "  sakuin delete 3f2a9c0d11e8b7a4\n"
           "  sakuin delete --dry-run ID1 ID2\n";
  }
  void Define(Options& app) override {
    app.Add("ID", ids_, "Ids of documents, as `sakuin list` shows them").Required();
    app.Flag("--dry-run", dry_run_, "Say what would happen; write nothing");
    app.Flag("--json", json_, "The summary as one JSON object");
  }
  int Run(const Context& context) override {
    const auto rules = service::LoadRules(context);
    if (!rules) return Complain(rules.error());
    const auto summary = pipeline::RunDelete(context.kb, **rules, ids_, dry_run_);
    if (!summary) return Complain(summary.error());
    return PrintSummary(context, *summary, json_, dry_run_);
  }

 private:
  std::vector<std::string> ids_;
  bool dry_run_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeIngest() { return std::make_unique<Ingest>(); }
std::unique_ptr<Command> MakeRebuild() { return std::make_unique<Rebuild>(); }
std::unique_ptr<Command> MakeDelete() { return std::make_unique<Delete>(); }

}  // namespace sakuin::app

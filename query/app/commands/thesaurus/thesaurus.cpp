#include "indexer/base/data_dir.h"
#include "indexer/thesaurus/compiled/compile.h"
#include "indexer/thesaurus/skos_writer.h"
#include "indexer/thesaurus/validate.h"
#include "query/app/commands/commands.h"
#include "query/app/commands/thesaurus/suggest.h"
#include "query/results/to_json.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

class ThesaurusCommand : public Command {
 public:
  const char* Name() const override { return "thesaurus"; }
  const char* Summary() const override { return "List, show, check, export and grow the concepts"; }
  const char* Examples() const override {
    return "  sakuin thesaurus list\n"
           "  sakuin thesaurus show baker-cyst\n"
           "  sakuin thesaurus validate my-conditions.rdf\n"
           "  sakuin thesaurus import my-terms.tsv\n"
           "  sakuin thesaurus export > concepts.rdf\n"
           "  sakuin thesaurus export their-concepts.rdf > ours.rdf\n"
           "  sakuin thesaurus compile\n"
           "  sakuin thesaurus suggest --language ja --limit 20\n";
  }
  void Define(Options& app) override {
    const Options list = app.AddCommand("list", "All concepts");
    list.Flag("--json", json_, "A JSON array");
    const Options show = app.AddCommand("show", "One concept");
    show.Add("ID", id_, "Id of the concept").Required();
    show.Flag("--json", json_, "One JSON object");
    validate_ = app.AddCommand("validate", "Check SKOS files: labels, references, hierarchy");
    validate_.Add("FILE", files_, "SKOS files in RDF/XML, checked together").Required();
    export_ = app.AddCommand("export", "All concepts as one SKOS file");
    export_.Add("FILE", export_files_, "SKOS files instead of the thesaurus in use");
    suggest_.Define(app);
    import_ = app.AddCommand(importer_->Name(), importer_->Summary());
    importer_->Define(import_);
    compile_ = app.AddCommand(
        "compile", "Make every start fast again after the shipped SKOS files were edited");
    app.RequireCommand();
    list_ = list;
  }
  int Run(const Context& context) override {
    if (suggest_.Parsed()) return suggest_.Run(context);
    if (import_.IsGiven()) return importer_->Run(context);
    if (compile_.IsGiven()) return Compile(context);
    const auto rules = service::LoadTextRules(context);
    if (!rules) return Complain(rules.error());
    const thesaurus::Thesaurus& thesaurus = (*rules)->thesaurus();
    if (validate_.IsGiven()) return Validate((*rules)->folding());
    if (export_.IsGiven()) return Export(thesaurus);
    return list_.IsGiven() ? List(thesaurus) : Show(thesaurus);
  }

 private:
  static int Compile(const Context& context) {
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    const Status done = thesaurus::Compile(*folder);
    return done ? kDone : Complain(done.error());
  }
  int Export(const thesaurus::Thesaurus& thesaurus) const {
    if (export_files_.empty()) {
      Out(thesaurus::WriteSkos(thesaurus));
      return kDone;
    }
    const auto others = thesaurus::Thesaurus::LoadFiles(export_files_);
    if (!others) return Complain(others.error());
    Out(thesaurus::WriteSkos(*others));
    return kDone;
  }
  int Validate(const text::Folding& folding) const {
    const auto findings = thesaurus::Validate(files_, folding);
    if (!findings) return Complain(findings.error());
    for (const thesaurus::Finding& finding : *findings) Out(Printable(finding.Text()) + "\n");
    if (findings->empty()) Out("sound\n");
    return findings->empty() ? kDone : kSomething;
  }
  int List(const thesaurus::Thesaurus& thesaurus) const {
    if (json_) {
      std::string out = "[";
      for (const model::Concept& found : thesaurus.concepts()) {
        out += (out.size() > 1 ? "," : "") + results::ToJson(found);
      }
      Out(out + "]\n");
      return kDone;
    }
    for (const model::Concept& found : thesaurus.concepts()) {
      std::string labels;
      for (const model::Label& label : found.labels) {
        if (label.kind == model::LabelKind::kPreferred) labels += "  " + label.text;
      }
      Out(FitWidth(found.id, 34, true) + Printable(labels) + "\n");
    }
    return kDone;
  }
  int Show(const thesaurus::Thesaurus& thesaurus) const {
    const model::Concept* const found = thesaurus.Find(id_);
    if (found == nullptr) {
      return Complain({ErrorCode::kNotFound,
                       "there is no concept '" + id_ + "'; `sakuin thesaurus list` shows all",
                       {}});
    }
    if (json_) {
      Out(results::ToJson(*found) + "\n");
      return kDone;
    }
    Out(found->id + "  (" + found->scheme + ")\n");
    for (const model::Label& label : found->labels) {
      const char* const kind = label.kind == model::LabelKind::kPreferred     ? "preferred"
                               : label.kind == model::LabelKind::kAlternative ? "also"
                                                                              : "hidden";
      Out("  " + FitWidth(label.language, 8, true) + FitWidth(kind, 10, true) +
          Printable(label.text) + "\n");
    }
    for (const std::string& id : found->broader) Out("  broader " + id + "\n");
    for (const std::string& id : found->related) Out("  related " + id + "\n");
    for (const std::string& uri : found->exact_match) Out("  same as " + Printable(uri) + "\n");
    if (!found->scope_note.empty()) Out("  " + Printable(found->scope_note) + "\n");
    return kDone;
  }

  bool json_ = false;
  std::string id_;
  std::vector<std::string> files_;
  std::vector<std::string> export_files_;
  SuggestTerms suggest_;
  std::unique_ptr<Command> importer_ = MakeThesaurusImport();
  Options import_;
  Options list_;
  Options validate_;
  Options export_;
  Options compile_;
};

}  // namespace

std::unique_ptr<Command> MakeThesaurus() { return std::make_unique<ThesaurusCommand>(); }

}  // namespace sakuin::app

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "indexer/base/data_dir.h"
#include "indexer/base/files.h"
#include "indexer/base/json_text.h"
#include "indexer/store/open.h"
#include "indexer/store/thesauri.h"
#include "indexer/thesaurus/skos/concept_table.h"
#include "indexer/thesaurus/validate.h"
#include "query/app/commands/commands.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

// Names are file names without their endings, and stand in messages.
bool IsName(const std::string& name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) {
    return c < 0x20 || c == 0x7F || c == '/' || c == '!';
  });
}

std::string FormatOf(const std::string& path) {
  return path.ends_with(".tsv") ? "tsv" : path.ends_with(".csv") ? "csv" : "rdf";
}

class ThesaurusImport : public Command {
 public:
  const char* Name() const override { return "import"; }
  const char* Summary() const override {
    return "Keep concepts of your own in the knowledge base, beside the shipped ones";
  }
  const char* Examples() const override { return ""; }
  void Define(Options& app) override {
    const Option file = app.Add("FILE", file_, "SKOS (RDF/XML), or a table: .tsv, .csv");
    const Option list = app.Flag("--list", list_, "What is kept");
    const Option remove =
        app.Add("--remove", remove_, "Take out the one of this name").Called("NAME");
    app.Add("--name", name_, "What it is called (default: the file's name)").Needs(file);
    app.Flag("--dry-run", dry_run_, "Say what would change; write nothing").Needs(file);
    app.Flag("--json", json_, "The result as JSON");
    list.Excludes(file);
    remove.Excludes(file).Excludes(list);
  }
  int Run(const Context& context) override {
    if (list_) return List(context);
    if (!remove_.empty()) return Remove(context);
    if (file_.empty()) {
      return Complain({ErrorCode::kUsage, "wants a FILE, --list or --remove NAME", {}});
    }
    return Import(context);
  }

 private:
  struct Change {
    std::string id;
    bool is_new = false;
    std::size_t labels = 0;
  };

  int List(const Context& context) const {
    const auto all = store::ListThesauri(context.kb);
    if (!all) return Complain(all.error());
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const store::StoredThesaurus& one : *all) {
      const auto file = thesaurus::ReadConcepts({one.name + "." + one.format, one.bytes});
      if (!file) return Complain(file.error());
      out.push_back({{"name", one.name},
                     {"format", one.format},
                     {"concepts", file->concepts.size()},
                     {"bytes", one.bytes.size()}});
      if (json_) continue;
      Out(FitWidth(one.name, 34, true) + "  " + one.format + "  " +
          std::to_string(file->concepts.size()) + " concepts\n");
    }
    if (json_) Out(JsonText(out) + "\n");
    return kDone;
  }

  int Remove(const Context& context) const {
    const Status done = store::RemoveThesaurus(context.kb, remove_);
    if (!done) return Complain(done.error());
    AskForRebuild(context);
    return kDone;
  }

  int Import(const Context& context) {
    if (name_.empty()) name_ = std::filesystem::path(file_).stem().string();
    if (!IsName(name_)) {
      return Complain({ErrorCode::kUsage, "'" + name_ + "' is no name for a thesaurus", {}});
    }
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    auto bytes = files::Read(file_);
    if (!bytes) return Complain(bytes.error());
    const thesaurus::ThesaurusSource source{file_, std::move(*bytes)};
    auto known = service::UserThesauri(context, service::KbThesauri::kUsed, name_);
    if (!known) return Complain(known.error());
    const auto before = thesaurus::Thesaurus::Load(*folder, *known);
    if (!before) return Complain(before.error());
    const auto findings = Check(*folder, *known, source);
    if (!findings) return Complain(findings.error());
    for (const thesaurus::Finding& one : *findings) {
      const bool error = one.severity == thesaurus::Severity::kError;
      if (error || !context.quiet) Err(Printable(one.Text()) + "\n");
    }
    if (thesaurus::HasErrors(*findings)) {
      return Complain(
          {ErrorCode::kBadData, "nothing was imported: mend these errors first", file_});
    }
    known->push_back(source);
    const auto after = thesaurus::Thesaurus::Load(*folder, *known);
    if (!after) return Complain(after.error());
    for (std::size_t i = before->warnings().size(); i < after->warnings().size(); ++i) {
      Warn(context, after->warnings()[i]);
    }
    Say(Changes(*before, *after));
    if (dry_run_) return kDone;
    const Status done = store::PutThesaurus(context.kb, {name_, FormatOf(file_), source.bytes});
    if (!done) return Complain(done.error());
    AskForRebuild(context);
    return kDone;
  }

  // The findings about `source` beside everything that is known.
  static Result<std::vector<thesaurus::Finding>> Check(
      const std::string& data_dir, const std::vector<thesaurus::ThesaurusSource>& known,
      const thesaurus::ThesaurusSource& source) {
    const auto folding = text::Folding::Load(data_dir);
    if (!folding) return Pass(folding);
    const auto shipped = thesaurus::ShippedFiles(data_dir);
    if (!shipped) return Pass(shipped);
    std::vector<thesaurus::SkosFile> files;
    const auto add = [&files](const thesaurus::ThesaurusSource& one) -> Status {
      auto file = thesaurus::ReadConcepts(one);
      if (!file) return Pass(file);
      files.push_back(std::move(*file));
      return {};
    };
    for (const std::string& path : *shipped) {
      auto bytes = files::Read(path);
      if (!bytes) return Pass(bytes);
      if (const Status done = add({path, std::move(*bytes)}); !done) return Pass(done);
    }
    for (const thesaurus::ThesaurusSource& one : known) {
      if (const Status done = add(one); !done) return Pass(done);
    }
    const std::size_t looked_up = files.size();
    if (const Status done = add(source); !done) return Pass(done);
    return thesaurus::Validate(files, *folding, looked_up);
  }

  static std::vector<Change> Changes(const thesaurus::Thesaurus& before,
                                     const thesaurus::Thesaurus& after) {
    std::vector<Change> out;
    for (const model::Concept& now : after.concepts()) {
      const model::Concept* const then = before.Find(now.id);
      const std::size_t had = then == nullptr ? 0 : then->labels.size();
      if (then == nullptr || now.labels.size() != had || now.broader != then->broader ||
          now.related != then->related) {
        out.push_back({now.id, then == nullptr, now.labels.size() - had});
      }
    }
    return out;
  }

  void Say(const std::vector<Change>& changes) const {
    std::size_t fresh = 0;
    std::size_t labels = 0;
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Change& one : changes) {
      fresh += one.is_new ? 1 : 0;
      labels += one.labels;
      list.push_back({{"id", one.id}, {"new", one.is_new}, {"labels", one.labels}});
      if (!json_ && dry_run_) {
        Out(std::string(one.is_new ? "new       " : "extended  ") + Printable(one.id) + "  " +
            std::to_string(one.labels) + " labels\n");
      }
    }
    if (json_) {
      const nlohmann::ordered_json out{{"name", name_},
                                       {"new", fresh},
                                       {"extended", changes.size() - fresh},
                                       {"labels", labels},
                                       {"concepts", std::move(list)}};
      Out(JsonText(out) + "\n");
      return;
    }
    Out(name_ + ": " + std::to_string(fresh) + " new concepts, " +
        std::to_string(changes.size() - fresh) + " extended, " + std::to_string(labels) +
        " labels\n");
  }

  // The documents that are there were tagged by other rules.
  static void AskForRebuild(const Context& context) {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return;
    const auto totals = (*reader)->ReadTotals();
    if (!totals || totals->documents == 0) return;
    if (!context.quiet) {
      Err("now run `sakuin --db " + context.kb + " rebuild`: its " +
          std::to_string(totals->documents) + " documents were tagged without these changes\n");
    }
  }

  std::string file_;
  std::string name_;
  std::string remove_;
  bool list_ = false;
  bool dry_run_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeThesaurusImport() { return std::make_unique<ThesaurusImport>(); }

}  // namespace sakuin::app

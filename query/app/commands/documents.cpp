// show, list, export: what the knowledge base holds.

#include "query/service/documents.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "indexer/base/json_text.h"
#include "indexer/store/open.h"
#include "query/app/commands/commands.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/compare.h"
#include "query/results/to_json.h"

namespace sakuin::app {
namespace {

class Show : public Command {
 public:
  const char* Name() const override { return "show"; }
  const char* Summary() const override { return "Show a document, or one section of it"; }
  const char* Examples() const override {
    return "  sakuin show 3f2a9c0d11e8b7a4         a whole document; the id's beginning will do\n"
           "  sakuin show 3f2a9c0d11e8b7a4#3       its third section\n"
           "  sakuin show 3f2a --format markdown\n";
  }
  void Define(Options& app) override {
    app.Add("ID", id_, "Id of a document, or of a section (ID#N)").Required();
    app.Add("--format", format_, "text, json or markdown").OneOf({"text", "json", "markdown"});
    app.Flag("--json", json_, "The same as --format json");
  }
  int Run(const Context& context) override {
    if (json_) format_ = "json";
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    auto part = service::FindPart(**reader, id_);
    if (!part) return Complain(part.error());
    group_ = std::move(part->group);
    const model::Document& document = part->document;
    if (part->section < 0) return ShowDocument(context, document);
    return ShowSection(context, document,
                       document.sections[static_cast<std::size_t>(part->section)]);
  }

 private:
  int ShowDocument(const Context& context, const model::Document& d) const {
    if (format_ == "json") {
      Out(results::ToJson(d, contradictions::SectionAdvice, group_) + "\n");
    } else if (format_ == "markdown") {
      Out(results::ToMarkdown(d));
    } else {
      PrintHead(context, d);
      for (const model::Section& section : d.sections) PrintSection(context, d, section);
    }
    return kDone;
  }
  int ShowSection(const Context& context, const model::Document& d,
                  const model::Section& section) const {
    if (format_ == "json") {
      Out(results::SectionToJson(d, section, contradictions::SectionAdvice, group_) + "\n");
    } else if (format_ == "markdown") {
      model::Document part = d;
      part.sections = {section};
      Out(results::ToMarkdown(part));
    } else {
      PrintHead(context, d);
      PrintSection(context, d, section);
    }
    return kDone;
  }
  void PrintHead(const Context& context, const model::Document& d) const {
    const bool color = WantsColor(context.color);
    Out((color ? "\033[1m" : "") + Printable(d.title.empty() ? "(no title)" : d.title) +
        (color ? "\033[0m\n" : "\n"));
    Out(Printable(d.uri) + "\n");
    std::string line =
        d.language + ", " + d.encoding + " (" + d.encoding_reason + "), read as " + d.profile;
    for (const std::string* part : {&d.site, &d.author, &d.published}) {
      if (!part->empty()) line += ", " + *part;
    }
    Out(Printable(line) + "\n");
    for (const model::Duplicate& member : group_) {
      if (member.id != d.id) Out("also at " + Printable(member.uri + " (" + member.id + ")\n"));
    }
  }
  static void PrintSection(const Context& context, const model::Document& d,
                           const model::Section& s) {
    const bool color = WantsColor(context.color);
    std::string tags;
    for (const model::Tag& tag : s.tags) tags += (tags.empty() ? "  [" : ", ") + tag.concept_id;
    for (const std::string& aspect : s.aspects) tags += (tags.empty() ? "  [" : ", ") + aspect;
    if (!tags.empty()) tags += "]";
    const std::string indent(static_cast<std::size_t>(std::max(0, s.level - 2)) * 2, ' ');
    Out("\n" + indent + (color ? "\033[1m" : "") + s.Id(d.id) + "  " +
        Printable(s.number == 0 ? "(lead)" : s.heading) + (color ? "\033[0m" : "") +
        Printable(tags) + "\n");
    if (!s.text.empty()) Out(Printable(s.text) + "\n");
    PrintAdvice(d, s, indent);
  }
  // A line a piece: what it says of which action, when and how much, with its conditions.
  static void PrintAdvice(const model::Document& d, const model::Section& s,
                          const std::string& indent) {
    for (const store::AdviceRecord& record : store::RecordsOf(d, s)) {
      const model::Advice& a = record.advice;
      const std::string measures = contradictions::MeasuresText(a);
      std::string line = (contradictions::IsFor(a) ? "+ " : "- ") + a.action + ": " +
                         contradictions::StanceText(a);
      if (!measures.empty()) line += "; " + measures;
      for (const std::string& id : a.conditions) line += "; " + id;
      Out(indent + Printable(line) + "\n");
    }
  }

  std::string id_;
  model::DuplicateGroup group_;  // of the document shown
  std::string format_ = "text";
  bool json_ = false;
};

class List : public Command {
 public:
  const char* Name() const override { return "list"; }
  const char* Summary() const override { return "List the documents"; }
  const char* Examples() const override {
    return "  sakuin list\n"
           "  sakuin list --json | jq -r '.[].uri'\n";
  }
  void Define(Options& app) override { app.Flag("--json", json_, "A JSON array"); }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto documents = (*reader)->ListDocuments();
    if (!documents) return Complain(documents.error());
    if (json_) {
      PrintJson(*documents);
      return kDone;
    }
    for (const store::DocumentSummary& d : *documents) {
      Out(FitWidth(d.id, 16, true) + "  " + FitWidth(d.language, 7, true) + "  " +
          FitWidth(Printable(d.title), 44, true) + "  " + fmt::format("{:>3}  ", d.sections) +
          Printable(d.uri) + "\n");
    }
    if (documents->empty()) Out("no documents yet; `sakuin ingest PATH` adds some\n");
    return kDone;
  }

 private:
  static void PrintJson(const std::vector<store::DocumentSummary>& documents) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const store::DocumentSummary& d : documents) out.push_back(service::SummaryObject(d));
    Out(JsonText(out) + "\n");
  }

  bool json_ = false;
};

class Export : public Command {
 public:
  const char* Name() const override { return "export"; }
  const char* Summary() const override { return "Write all documents as `ingest` reads them back"; }
  const char* Examples() const override {
    return "  sakuin export > all.jsonl\n"
           "  sakuin export | sakuin --db copy.db ingest --format jsonl -\n";
  }
  void Define(Options& app) override {
    app.Add("--format", format_, "jsonl: one document a line").OneOf({"jsonl"});
  }
  int Run(const Context& context) override {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return Complain(reader.error());
    const auto documents = (*reader)->ListDocuments();
    if (!documents) return Complain(documents.error());
    for (const store::DocumentSummary& summary : *documents) {
      if (context.stop->load()) return kInterrupted;
      const auto document = (*reader)->ReadDocument(summary.id);
      if (!document) return Complain(document.error());
      if (!Out(results::ToJson(*document, contradictions::SectionAdvice) + "\n")) break;
    }
    return kDone;
  }

 private:
  std::string format_ = "jsonl";
};

}  // namespace

std::unique_ptr<Command> MakeShow() { return std::make_unique<Show>(); }
std::unique_ptr<Command> MakeList() { return std::make_unique<List>(); }
std::unique_ptr<Command> MakeExport() { return std::make_unique<Export>(); }

}  // namespace sakuin::app

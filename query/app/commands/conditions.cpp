#include <fmt/format.h>

#include "indexer/model/language.h"
#include "query/app/commands/commands.h"
#include "query/results/condition_tree.h"
#include "query/service/condition_browser.h"
#include "query/service/knowledge.h"

namespace sakuin::app {
namespace {

class Conditions : public Command {
 public:
  const char* Name() const override { return "conditions"; }
  const char* Summary() const override {
    return "Browse conditions and symptoms with counts of sections";
  }
  const char* Examples() const override {
    return "  sakuin conditions                        the tree, as far as sections are tagged\n"
           "  sakuin conditions knee-pain              one condition: names, place, what is below\n"
           "  sakuin conditions --language ja --depth 1 --ui-language ja\n"
           "  sakuin conditions --all --json\n";
  }
  void Define(Options& app) override {
    app.Add("ID", name_, "One condition, by its id or any of its names");
    app.Add("--language", languages_, "Count only sections in this language").Repeated();
    app.Flag("--all", options_.all, "Also conditions that no section is tagged with");
    app.Add("--depth", options_.depth, "Levels to go down; 0 is the first level alone")
        .Between(0, 100);
    app.Flag("--json", json_, "One JSON object");
  }
  int Run(const Context& context) override;

 private:
  int ShowOne(const service::Searcher& searcher, const results::ConditionTree& tree,
              const model::Concept& found, const results::ConditionDetails& details) const;
  void PrintBelow(const results::ConditionTree& tree, const model::Concept& found, int depth,
                  std::size_t indent) const;
  static void PrintLine(const results::ConditionCount& count, const std::string& label,
                        const std::string& id, std::size_t indent);

  std::string name_;
  std::vector<std::string> languages_;
  bool json_ = false;
  results::TreeOptions options_;
};

int Conditions::Run(const Context& context) {
  options_.ui_language = context.ui_language;
  auto searcher = service::Searcher::Open(context);
  if (!searcher) return Complain(searcher.error());
  const model::Concept* wanted = nullptr;
  if (!name_.empty()) {
    const auto found = service::ChooseCondition(**searcher, name_, context.ui_language);
    if (!found) return Complain(found.error());
    wanted = *found;
  }
  service::ConditionBrowser browser(**searcher);
  if (const Status done = browser.Read(languages_); !done) return Complain(done.error());
  const results::ConditionTree tree = browser.Tree(options_);
  if (wanted != nullptr) {
    const auto details = browser.Details(wanted->id);
    if (!details) return Complain(details.error());
    return ShowOne(**searcher, tree, *wanted, *details);
  }
  if (json_) {
    Out(results::ToJson(tree) + "\n");
    return browser.counts().empty() ? kSomething : kDone;
  }
  if (browser.counts().empty()) Out("no section is tagged with a condition\n");
  if (browser.counts().empty() && !options_.all) return kSomething;
  Out("   all    own  documents\n");
  for (const model::Concept* root : tree.Roots()) PrintBelow(tree, *root, options_.depth, 0);
  for (const std::string& id : tree.Unknown()) PrintLine(tree.Count(id), id, "not in corpus", 0);
  return browser.counts().empty() ? kSomething : kDone;
}

void Conditions::PrintLine(const results::ConditionCount& count, const std::string& label,
                           const std::string& id, std::size_t indent) {
  Out(fmt::format("{:>6} {:>6} {:>10}  {}{}  ({})\n", count.all.sections, count.own.sections,
                  count.all.documents, std::string(indent * 2, ' '), Printable(label),
                  Printable(id)));
}

void Conditions::PrintBelow(const results::ConditionTree& tree, const model::Concept& found,
                            int depth, std::size_t indent) const {
  PrintLine(tree.Count(found.id), tree.Label(found), found.id, indent);
  if (depth == 0) return;
  for (const model::Concept* below : tree.Narrower(found)) {
    PrintBelow(tree, *below, depth - 1, indent + 1);
  }
}

int Conditions::ShowOne(const service::Searcher& searcher, const results::ConditionTree& tree,
                        const model::Concept& found,
                        const results::ConditionDetails& details) const {
  const results::ConditionCount& count = tree.Count(found.id);
  const int status = count.all.sections > 0 ? kDone : kSomething;
  if (json_) {
    Out(results::ToJson(tree, found, details) + "\n");
    return status;
  }
  Out(Printable(tree.Label(found)) + "  (" + found.id +
      (found.scheme.empty() ? "" : ", " + found.scheme) + ")\n");
  for (const std::string_view language : model::kLanguages) {
    std::string names;
    for (const model::Label& label : found.labels) {
      if (label.language != language || label.kind == model::LabelKind::kHidden) continue;
      names += (names.empty() ? "" : ", ") + label.text;
    }
    if (!names.empty()) Out(fmt::format("  {:<9}{}\n", language, Printable(names)));
  }
  if (!found.scope_note.empty()) Out("  " + Printable(found.scope_note) + "\n");
  for (const auto& path : tree.Paths(found)) {
    if (path.size() < 2) continue;
    std::string steps;
    for (const model::Concept* step : path) {
      steps += (steps.empty() ? "" : " > ") + tree.Label(*step);
    }
    Out("under      " + Printable(steps) + "\n");
  }
  for (const auto& [what, one] : {std::pair{"own", &count.own}, std::pair{"all", &count.all}}) {
    Out(fmt::format("{:<11}{} sections of {} documents, primary in {}\n", what, one->sections,
                    one->documents, one->primary));
  }
  const std::string& ui_language = tree.options().ui_language;
  const auto& names = *searcher.plan_context().aspect_names;
  for (const auto& [title, counts] :
       {std::pair{"languages", &details.languages}, std::pair{"aspects", &details.aspects}}) {
    std::string line;
    for (const auto& [value, number] : *counts) {
      line += fmt::format("{}{} {}", line.empty() ? "" : ", ", names.NameIn(value, ui_language),
                          number);
    }
    if (!line.empty()) Out(fmt::format("{:<11}{}\n", title, Printable(line)));
  }
  for (const std::string& id : found.related) {
    const model::Concept* const related = searcher.rules().thesaurus().Find(id);
    if (related == nullptr) continue;
    Out(fmt::format("{:<11}{} ({}), {} sections\n", "related", Printable(tree.Label(*related)), id,
                    tree.Count(id).all.sections));
  }
  const auto below = tree.Narrower(found);
  if (!below.empty()) Out("narrower\n   all    own  documents\n");
  for (const model::Concept* narrower : below) {
    PrintBelow(tree, *narrower, options_.depth < 0 ? 0 : options_.depth - 1, 0);
  }
  return status;
}

}  // namespace

std::unique_ptr<Command> MakeConditions() { return std::make_unique<Conditions>(); }

}  // namespace sakuin::app

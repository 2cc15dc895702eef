#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "indexer/base/json_text.h"
#include "query/app/commands/commands.h"
#include "query/app/did_you_mean.h"
#include "query/app/knowledge.h"
#include "query/results/completion.h"

namespace sakuin::app {
namespace {

using nlohmann::ordered_json;
using results::Completions;

class Complete : public Command {
 public:
  const char* Name() const override { return "complete"; }
  const char* Summary() const override { return "Names, titles and headings that begin so"; }
  const char* Examples() const override {
    return "  sakuin complete knee\n"
           "  sakuin complete --readings guowo --json\n";
  }
  void Define(Options& app) override;
  int Run(const Context& context) override;

 private:
  void Print(const Completions& found) const;
  void PrintJson(const Completions& found, double seconds) const;

  std::vector<std::string> words_;
  bool json_ = false;
  results::CompletionRequest request_;
};

void Complete::Define(Options& app) {
  app.Add("PREFIX", words_, "What was typed so far; several words are one").Required();
  app.Add("--limit", request_.limit, "Concepts, and headings, to show (default: 10)")
      .Between(0, 1000);
  app.Flag("--readings", request_.readings, "It may be pinyin or romaji of a name");
  app.Flag("--json", json_, "As JSON");
}

int Complete::Run(const Context& context) {
  for (const std::string& word : words_) {
    request_.typed += (request_.typed.empty() ? "" : " ") + word;
  }
  request_.ui_language = context.ui_language;
  auto searcher = Searcher::Open(context);
  if (!searcher) return Complain(searcher.error());
  const auto names = DidYouMean::Open(context, **searcher);
  if (!names) return Complain(names.error());
  const auto start = std::chrono::steady_clock::now();
  const auto found = results::Complete(request_, (*searcher)->plan_context(), (*names)->spellings(),
                                       (*searcher)->engine().backend());
  if (!found) return Complain(found.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (json_) {
    PrintJson(*found, took.count());
  } else {
    Print(*found);
  }
  return found->concepts.empty() && found->headings.empty() ? kSomething : kDone;
}

void Complete::Print(const Completions& found) const {
  for (const results::ConceptCompletion& one : found.concepts) {
    std::string line = one.label + "  (" + one.concept_ptr->id;
    if (one.matched->text != one.label) line += ": " + one.matched->text;
    Out(Printable(line) + fmt::format(")  {}\n", one.sections));
  }
  for (const results::HeadingCompletion& one : found.headings) {
    Out(Printable(one.text + "  " + one.section) + fmt::format("  {}\n", one.sections));
  }
}

void Complete::PrintJson(const Completions& found, double seconds) const {
  ordered_json concepts = ordered_json::array();
  for (const results::ConceptCompletion& one : found.concepts) {
    concepts.push_back({{"id", one.concept_ptr->id},
                        {"label", one.label},
                        {"matched", one.matched->text},
                        {"language", one.matched->language}});
    if (!one.concept_ptr->scheme.empty()) concepts.back()["scheme"] = one.concept_ptr->scheme;
    concepts.back()["sections"] = one.sections;
  }
  ordered_json headings = ordered_json::array();
  for (const results::HeadingCompletion& one : found.headings) {
    headings.push_back({{"text", one.text},
                        {"section", one.section},
                        {"is_title", one.is_title},
                        {"sections", one.sections}});
  }
  const ordered_json out{{"typed", request_.typed},
                         {"concepts", std::move(concepts)},
                         {"headings", std::move(headings)},
                         {"seconds", seconds}};
  Out(JsonText(out) + "\n");
}

}  // namespace

std::unique_ptr<Command> MakeComplete() { return std::make_unique<Complete>(); }

}  // namespace sakuin::app

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "indexer/base/utf8.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"
#include "indexer/text/sentences.h"
#include "query/app/advice_report.h"
#include "query/app/commands/commands.h"
#include "query/app/knowledge.h"
#include "query/app/tag_report.h"
#include "query/plan/planner.h"
#include "query/syntax/parser.h"

namespace sakuin::app {
namespace {

// Every stage's one printed form.
class Explain : public Command {
 public:
  const char* Name() const override { return "explain"; }
  const char* Summary() const override {
    return "Show every stage of a text, a query or a section";
  }
  const char* Examples() const override {
    return "  sakuin explain 'Baker cyst'                a text: folded, cut, matched, tagged\n"
           "  sakuin explain --query 'cyst -knee'        a query: tree, plan, what is added\n"
           "  sakuin explain 3f2a9c0d11e8b7a4#2          a stored section\n"
           "  sakuin explain --tags 3f2a9c0d11e8b7a4#2   why it is tagged as it is\n"
           "  sakuin explain --tags 3f2a9c0d11e8b7a4     the same of every section\n"
           "  sakuin explain --advice 'Ice it, but never massage it.'   cues, scopes, statements\n";
  }
  void Define(CLI::App& app) override {
    app.add_option("TEXT", words_, "A text, a query (--query), or the id of a stored section")
        ->required();
    app.add_flag("--query", query_, "Read it as a query");
    app.add_flag("--advice", advice_, "Why there is this advice: actions, cues, what governs what");
    app.add_flag("--tags", tags_, "Why there are these conditions and aspects, and not others");
  }
  int Run(const Context& context) override {
    std::string text;
    for (const std::string& word : words_) text += (text.empty() ? "" : " ") + word;
    if (query_) return ExplainQuery(context, text);
    const auto rules = LoadRules(context);
    if (!rules) return Complain(rules.error());
    auto pipeline = pipeline::Pipeline::Create(**rules);
    if (!pipeline) return Complain(pipeline.error());
    const Named named = SplitId(text);
    if (advice_) return ExplainAdvice(context, **rules, *pipeline, named, text);
    if (named.section >= 0 || tags_) {
      const int status = ExplainStored(context, *pipeline, named);
      if (status >= 0) return status;
    }
    model::Document document;
    document.sections.emplace_back();
    document.sections[0].text = text;
    pipeline->Describe(document, "");
    if (tags_) {
      const auto reasons = (*rules)->tagger().Explain(document);
      Out(TagReport(document.sections[0], reasons[0]));
      return kDone;
    }
    return Print(*pipeline, document, document.sections[0]);
  }

 private:
  static int ExplainQuery(const Context& context, const std::string& text) {
    const auto rules = LoadTextRules(context);
    if (!rules) return Complain(rules.error());
    auto analyzer = (*rules)->MakeAnalyzer();
    if (!analyzer) return Complain(analyzer.error());
    const syntax::Ast ast = syntax::Parse(text);
    Out("tree      " + Printable(syntax::Print(ast.root)) + "\n");
    const auto names = LoadAspectNames(context, (*rules)->folding());
    if (!names) return Complain(names.error());
    const plan::PlanContext planning{&*analyzer,
                                     &(*rules)->folding(),
                                     &(*rules)->thesaurus(),
                                     &(*rules)->matcher(),
                                     names->get(),
                                     {},
                                     {}};
    const auto plans = plan::MakePlans(ast, planning, {});
    if (!plans) return Complain(plans.error());
    for (const plan::Plan& step : plans->steps) {
      Out(std::string(step.step == plan::Step::kAllTerms ? "plan      " : "relaxed   ") +
          Printable(plan::Print(step)) + "\n");
    }
    for (const std::string& label : plans->expanded) Out("added     " + Printable(label) + "\n");
    for (const syntax::Note& note : plans->notes) {
      Out(fmt::format("note      {}-{}: {}\n", note.begin, note.end, Printable(note.message)));
    }
    return kDone;
  }

  // Of a stored document or section, made anew; else of the words as a text.
  static int ExplainAdvice(const Context& context, const pipeline::Rules& rules,
                           const pipeline::Pipeline& pipeline, const Named& named,
                           const std::string& text) {
    model::Document document;
    int section = -1;
    const auto reader = store::OpenReader(context.kb);
    auto stored = reader ? (*reader)->ReadDocument(named.document) : Result<model::Document>();
    if (reader && stored &&
        (named.section < 0 || static_cast<std::size_t>(named.section) < stored->sections.size())) {
      document = std::move(*stored);
      section = static_cast<int>(named.section);
    } else {
      document.sections.emplace_back();
      document.sections[0].text = text;
      pipeline.Describe(document, "");
    }
    const auto texts = rules.tagger().ReadTexts(document);
    Out(AdviceReport(document, rules.advice().Explain(document, texts), section));
    return kDone;
  }

  // -1: there is no such section or document; the words are then a text.
  int ExplainStored(const Context& context, pipeline::Pipeline& pipeline,
                    const Named& named) const {
    const auto reader = store::OpenReader(context.kb);
    if (!reader) return -1;
    auto document = (*reader)->ReadDocument(named.document);
    const bool all = named.section < 0;
    if (!document ||
        (!all && static_cast<std::size_t>(named.section) >= document->sections.size())) {
      return -1;
    }
    const std::size_t first = all ? 0 : static_cast<std::size_t>(named.section);
    const std::size_t last = all ? document->sections.size() : first + 1;
    const std::vector<model::Section> stored = document->sections;
    const auto reasons = tags_ ? pipeline.rules().tagger().Explain(*document)
                               : std::vector<thesaurus::SectionReasons>();
    for (std::size_t i = first; i < last; ++i) {
      const model::Section& section = document->sections[i];
      Out("section   " + section.Id(document->id) + "  " + Printable(section.heading) + "\n");
      Out(fmt::format("source    bytes {}-{} of {}\n", section.source.begin, section.source.end,
                      Printable(document->uri)));
      if (!tags_) return Print(pipeline, *document, section);
      Out(TagReport(section, reasons[i]));
      if (SameTags(section, stored[i])) continue;
      Out("note      the knowledge base has older tags; `sakuin rebuild` makes them anew\n");
    }
    return kDone;
  }

  static bool SameTags(const model::Section& a, const model::Section& b) {
    return a.aspects == b.aspects &&
           std::equal(a.tags.begin(), a.tags.end(), b.tags.begin(), b.tags.end(),
                      [](const model::Tag& x, const model::Tag& y) {
                        return x.concept_id == y.concept_id;
                      });
  }

  static int Print(pipeline::Pipeline& pipeline, const model::Document& document,
                   const model::Section& section) {
    const auto analysis = pipeline.analyzer().Analyze(section.text);
    if (!analysis) return Complain(analysis.error());
    const std::string language = section.language.empty() ? document.language : section.language;
    Out("language  " + language + "\n");
    for (const model::Span& sentence : text::Sentences(section.text)) {
      Out("sentence  " + Printable(sentence.In(section.text)) + "\n");
    }
    Out("folded    " + Printable(utf8::Encode(analysis->folded.chars)) + "\n");
    std::string words;
    for (const text::Word& word : analysis->words) {
      const auto span = analysis->folded.Original(word.begin, word.end);
      words += (words.empty() ? "" : "|") + std::string(span.In(section.text));
    }
    Out("words     " + Printable(words) + "\n");
    for (const model::Tag& tag : section.tags) {
      std::string places;
      for (const model::Span& span : tag.text_spans) {
        places += fmt::format("  {}-{} {}", span.begin, span.end, span.In(section.text));
      }
      Out(fmt::format("concept   {} {:.2f}{}{}{}\n", tag.concept_id, tag.score,
                      tag.primary ? " primary" : "", tag.inherited ? " inherited" : "",
                      Printable(places)));
    }
    std::string aspects;
    for (const std::string& aspect : section.aspects) aspects += " " + aspect;
    if (!aspects.empty()) Out("aspects  " + aspects + "\n");
    return kDone;
  }

  std::vector<std::string> words_;
  bool query_ = false;
  bool tags_ = false;
  bool advice_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeExplain() { return std::make_unique<Explain>(); }

}  // namespace sakuin::app

#include <fmt/format.h>

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"
#include "indexer/text/sentences.h"
#include "query/app/advice_report.h"
#include "query/app/commands/commands.h"
#include "query/app/tag_report.h"
#include "query/plan/planner.h"
#include "query/results/to_json.h"
#include "query/service/knowledge.h"
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
  void Define(Options& app) override {
    app.Add("TEXT", words_, "A text, a query (--query), or the id of a stored section").Required();
    app.Flag("--query", query_, "Read it as a query");
    app.Flag("--json", json_, "With --query: one JSON object");
    app.Flag("--advice", advice_, "Why there is this advice: actions, cues, what governs what");
    app.Flag("--tags", tags_, "Why there are these conditions and aspects, and not others");
  }
  int Run(const Context& context) override {
    std::string text;
    for (const std::string& word : words_) text += (text.empty() ? "" : " ") + word;
    if (query_) return ExplainQuery(context, text);
    const auto rules = service::LoadRules(context);
    if (!rules) return Complain(rules.error());
    auto pipeline = pipeline::Pipeline::Create(**rules);
    if (!pipeline) return Complain(pipeline.error());
    const service::Named named = service::SplitId(text);
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
  int ExplainQuery(const Context& context, const std::string& text) const {
    const auto rules = service::LoadTextRules(context);
    if (!rules) return Complain(rules.error());
    auto analyzer = (*rules)->MakeAnalyzer();
    if (!analyzer) return Complain(analyzer.error());
    const syntax::Ast ast = syntax::Parse(text);
    const auto names = service::LoadAspectNames(context, (*rules)->folding());
    if (!names) return Complain(names.error());
    const auto folder = FindDataDir(context.data_dir, context.program);
    if (!folder) return Complain(folder.error());
    const auto weights = plan::LoadRankingWeights(*folder);
    if (!weights) return Complain(weights.error());
    const plan::PlanContext planning{&*analyzer,
                                     &(*rules)->folding(),
                                     &(*rules)->thesaurus(),
                                     &(*rules)->matcher(),
                                     &*weights,
                                     names->get(),
                                     {},
                                     {}};
    auto plans = plan::MakePlans(ast, planning, {});
    if (!plans) return Complain(plans.error());
    const auto analysis = analyzer->Analyze(text);
    if (!analysis) return Complain(analysis.error());
    results::QueryStages stages{
        text, syntax::Print(ast.root), utf8::Encode(analysis->folded.chars), {}, std::move(*plans)};
    for (const text::Word& word : analysis->words) {
      const auto typed = analysis->folded.Original(word.begin, word.end).In(text);
      const auto folded = analysis->folded.chars.substr(word.begin, word.end - word.begin);
      stages.tokens.emplace_back(std::string(typed), utf8::Encode(folded));
    }
    if (json_) {
      Out(results::ToJson(stages) + "\n");
    } else {
      PrintStages(stages);
    }
    return kDone;
  }

  static void PrintStages(const results::QueryStages& stages) {
    Out("tree      " + Printable(stages.tree) + "\n");
    Out("folded    " + Printable(stages.folded) + "\n");
    std::string tokens;
    for (const auto& [typed, folded] : stages.tokens) {
      tokens += (tokens.empty() ? "" : "|") + typed;
      if (folded != typed) tokens += " -> " + folded;
    }
    Out("tokens    " + Printable(tokens) + "\n");
    for (const plan::Plan& step : stages.plans.steps) {
      Out(std::string(step.step == plan::Step::kAllTerms ? "plan      " : "relaxed   ") +
          Printable(plan::Print(step, plan::kFewNames)) + "\n");
    }
    for (const std::string& label : stages.plans.expanded) {
      Out("added     " + Printable(label) + "\n");
    }
    for (const syntax::Note& note : stages.plans.notes) {
      Out(fmt::format("note      {}-{}: {}\n", note.begin, note.end, Printable(note.message)));
    }
  }

  // Of a stored document or section, made anew; else of the words as a text.
  static int ExplainAdvice(const Context& context, const pipeline::Rules& rules,
                           const pipeline::Pipeline& pipeline, const service::Named& named,
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
                    const service::Named& named) const {
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
  bool json_ = false;
  bool advice_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeExplain() { return std::make_unique<Explain>(); }

}  // namespace sakuin::app

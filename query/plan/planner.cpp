#include "query/plan/planner.h"

#include <algorithm>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/plan/filters.h"
#include "query/plan/plan_builder.h"
#include "query/plan/relaxed_plan.h"
#include "query/plan/term_planner.h"

namespace sakuin::plan {
namespace {

// Every run of words in the tree as one text, for what it names.
void CollectTexts(const syntax::Node& node, std::string& out) {
  out += node.kind == syntax::NodeKind::kTerm || node.kind == syntax::NodeKind::kPhrase
             ? node.text + " "
             : "\n";
  for (const syntax::Node& child : node.children) CollectTexts(child, out);
}

// The concepts that the query names beyond doubt: they decide what its ambiguous labels mean.
ConceptList CertainConcepts(const syntax::Ast& ast, const PlanOptions& options,
                            const PlanContext& context) {
  std::string text;
  CollectTexts(ast.root, text);
  for (const Filter& filter : options.filters) {
    for (const std::string& value : filter.values) text += "\n" + value;
  }
  ConceptList out;
  for (const thesaurus::Mention& mention : context.matcher->Match(context.folding->Fold(text))) {
    if (mention.also.empty()) out.push_back(mention.concept_ptr);
  }
  return out;
}

// A label may hold what the syntax takes for its own, such as brackets: the whole query is then
// that label, or what the syntax reads.
Result<Node> OrWholeLabel(const syntax::Ast& ast, Node read, const PlanContext& context,
                          const std::string& query, TermPlanner& terms, Plan& plan) {
  std::string words;  // where the query is nothing but words, they have been asked already
  for (const syntax::Node& node : ast.root.children) {
    if (node.kind == syntax::NodeKind::kTerm) words += (words.empty() ? "" : " ") + node.text;
  }
  const std::string typed(utf8::Trim(query));
  const std::u32string folded = context.folding->Fold(typed).chars;
  if (typed.empty() || typed[0] == '-' || context.folding->Fold(words).chars == folded) return read;
  for (const model::Concept* found : ConceptsNamed(folded, context)) {
    for (const model::Label& label : found->labels) {
      if (context.folding->Fold(label.text).chars != folded) continue;
      terms.At(0, query.size());
      auto whole = terms.WholeTerm(typed, Scope::kAnywhere, plan);
      if (!whole) return whole;
      Node out;
      out.kind = plan::NodeKind::kAny;
      out.children.push_back(std::move(*whole));
      out.children.push_back(std::move(read));
      return out;
    }
  }
  return read;
}

// What the query is about: concepts that its words or its filters name.
std::vector<std::string> ConceptsOf(const TermPlanner& terms, const Plan& plan) {
  std::vector<std::string> out = terms.Concepts();
  for (const Filter& filter : plan.filters) {
    if (filter.field != FilterField::kCondition) continue;
    out.insert(out.end(), filter.values.begin(), filter.values.end());
  }
  return out;
}

void AddNotes(std::vector<syntax::Note> more, std::vector<syntax::Note>& to) {
  for (syntax::Note& note : more) {
    const bool there = std::any_of(to.begin(), to.end(), [&](const syntax::Note& other) {
      return other.message == note.message && other.begin == note.begin;
    });
    if (!there) to.push_back(std::move(note));
  }
}

}  // namespace

Result<Plans> MakePlans(const syntax::Ast& ast, const PlanContext& context,
                        const PlanOptions& options) {
  Plans out;
  out.notes = ast.notes;
  TermPlanner terms(context, options, CertainConcepts(ast, options, context));
  std::vector<syntax::Note> notes;
  if (!options.free_text && options.steps != Steps::kRelaxed) {
    Plan all;
    PlanBuilder builder(terms, context, all, notes);
    auto root = builder.Build(ast.root, Scope::kAnywhere);
    if (root) root = OrWholeLabel(ast, std::move(*root), context, options.query, terms, all);
    if (!root) return Pass(root);
    if (root->kind == plan::NodeKind::kAny) {  // filters stand beside it
      Node above;
      above.children.push_back(std::move(*root));
      root = std::move(above);
    }
    all.root = std::move(*root);
    if (const Status done = AddFilters(options, context, all, notes); !done) return Pass(done);
    all.concepts = ConceptsOf(terms, all);
    out.steps.push_back(std::move(all));
  }
  if (options.free_text || options.steps != Steps::kStrict) {
    auto most = MakeRelaxedPlan(ast, terms, context, options, notes);
    if (!most) return Pass(most);
    most->concepts = ConceptsOf(terms, *most);
    if (options.free_text || most->words >= 2) out.steps.push_back(std::move(*most));
  }
  out.expanded = terms.Expanded();
  AddNotes(std::move(notes), out.notes);
  AddNotes(terms.Notes(), out.notes);
  return out;
}

}  // namespace sakuin::plan

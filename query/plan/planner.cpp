#include "query/plan/planner.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/plan/filters.h"
#include "query/plan/occurrences.h"
#include "query/plan/term_planner.h"

namespace sakuin::plan {
namespace {

using syntax::NodeKind;

// Share of the idf weight that a relaxed query must still match.
constexpr double kMostShare = 0.55;
constexpr double kFreeTextShare = 0.0;

std::optional<FilterField> FilterOf(const std::string& name) {
  if (name == "condition") return FilterField::kCondition;
  if (name == "aspect") return FilterField::kAspect;
  if (name == "lang") return FilterField::kLanguage;
  if (name == "site") return FilterField::kSite;
  if (name == "published") return FilterField::kPublished;
  return std::nullopt;
}

std::string ValueOf(const syntax::Node& node) {
  if (node.children.empty()) return node.text;
  std::string out;
  for (const syntax::Node& child : node.children) {
    out += (out.empty() ? "" : " ") + ValueOf(child);
  }
  return out;
}

// Builds one plan; a second pass over the same tree builds the relaxed one.
class Builder {
 public:
  Builder(TermPlanner& terms, const PlanContext& context, Plan& plan,
          std::vector<syntax::Note>& notes)
      : terms_(terms), context_(context), plan_(plan), notes_(notes) {}

  Result<Node> Build(const syntax::Node& node, Scope scope) {
    terms_.At(node.begin, node.end);
    switch (node.kind) {
      case NodeKind::kTerm: return terms_.Term(node.text, scope, plan_);
      case NodeKind::kPhrase: return terms_.Phrase(node.text, scope, plan_);
      case NodeKind::kPrefix: return terms_.Prefix(node.text, scope, plan_);
      case NodeKind::kField: return BuildField(node, scope);
      case NodeKind::kAll: return BuildAll(node, scope);
      case NodeKind::kAny: return BuildGroup(plan::NodeKind::kAny, node, scope);
      case NodeKind::kNot: return BuildGroup(plan::NodeKind::kNot, node, scope);
      case NodeKind::kNear: return BuildNear(node, scope);
    }
    return Node{};
  }

  // condition:knee pain -- as many of the words behind it as make a condition's name with the
  // first. Gives how many nodes were taken; 0: `at` is no such field.
  std::size_t AddLongCondition(const std::vector<syntax::Node>& nodes, std::size_t at, Node& out) {
    const syntax::Node& field = nodes[at];
    if (field.kind != NodeKind::kField || field.text != "condition" || field.children.empty() ||
        field.children[0].kind != NodeKind::kTerm) {
      return 0;
    }
    std::string name = field.children[0].text;
    std::string longest;
    std::size_t taken = 0;
    constexpr std::size_t kLongestLabel = 12;  // words
    for (std::size_t n = 1; n < kLongestLabel && at + n < nodes.size(); ++n) {
      if (nodes[at + n].kind != NodeKind::kTerm) break;
      name += " " + nodes[at + n].text;
      const ConceptList found = FindConcepts(name, context_);
      if (std::none_of(found.begin(), found.end(),
                       [](const auto* c) { return TagsSections(*c); })) {
        continue;
      }
      longest = name;
      taken = n + 1;
    }
    if (taken == 0) return 0;
    syntax::Node place = field;
    place.end = nodes[at + taken - 1].end;
    out = AddFilter(FilterField::kCondition, longest, place);
    notes_.push_back({place.begin, place.end, "read as condition:\"" + longest + "\""});
    return taken;
  }

 private:
  Result<Node> BuildField(const syntax::Node& node, Scope scope) {
    if (node.text == "title" || node.text == "heading") {
      if (node.children.empty()) return Node{};
      return Build(node.children[0], node.text == "title" ? Scope::kTitle : Scope::kHeading);
    }
    const auto field = FilterOf(node.text);
    if (!field || node.children.empty()) return BuildGroup(plan::NodeKind::kAll, node, scope);
    const syntax::Node& child = node.children[0];
    if (child.kind == NodeKind::kAny || child.kind == NodeKind::kAll) {  // site:(a OR b)
      Node out;
      out.kind = child.kind == NodeKind::kAny ? plan::NodeKind::kAny : plan::NodeKind::kAll;
      for (const syntax::Node& value : child.children) {
        Node filter = AddFilter(*field, ValueOf(value), value);
        if (value.kind == NodeKind::kNot) {
          Node excluded;
          excluded.kind = plan::NodeKind::kNot;
          excluded.children.push_back(std::move(filter));
          filter = std::move(excluded);
        }
        out.children.push_back(std::move(filter));
      }
      return out;
    }
    return AddFilter(*field, ValueOf(child), node);
  }

  Node AddFilter(FilterField field, const std::string& value, const syntax::Node& at) {
    Node out;
    out.kind = plan::NodeKind::kFilter;
    out.index = plan_.filters.size();
    ResolvedFilter resolved = ResolveFilter(field, {value}, context_);
    for (auto* messages : {&resolved.unknown, &resolved.remarks}) {
      for (std::string& message : *messages) {
        notes_.push_back({at.begin, at.end, std::move(message)});
      }
    }
    plan_.filters.push_back(std::move(resolved.filter));
    return out;
  }

  Result<Node> BuildGroup(plan::NodeKind kind, const syntax::Node& node, Scope scope) {
    Node out;
    out.kind = kind;
    for (const syntax::Node& child : node.children) {
      auto built = Build(child, scope);
      if (!built) return built;
      out.children.push_back(std::move(*built));
    }
    return out;
  }

  // Neighbouring words may name a concept together ("lumbar disc herniation").
  Result<Node> BuildAll(const syntax::Node& node, Scope scope) {
    Node out;
    for (std::size_t i = 0; i < node.children.size();) {
      Node filter;
      if (const std::size_t taken = AddLongCondition(node.children, i, filter); taken > 0) {
        out.children.push_back(std::move(filter));
        i += taken;
        continue;
      }
      std::vector<std::string> words;
      for (std::size_t j = i; j < node.children.size(); ++j) {
        if (node.children[j].kind != NodeKind::kTerm) break;
        words.push_back(node.children[j].text);
      }
      const std::size_t together = terms_.ConceptLength(words);
      if (together >= 2) {
        words.resize(together);
        terms_.At(node.children[i].begin, node.children[i + together - 1].end);
        auto named = terms_.ConceptWords(words, scope, plan_);
        if (!named) return named;
        out.children.push_back(std::move(*named));
        i += together;
        continue;
      }
      auto built = Build(node.children[i++], scope);
      if (!built) return built;
      out.children.push_back(std::move(*built));
    }
    return out;
  }

  Result<Node> BuildNear(const syntax::Node& node, Scope scope) {
    Node out;
    out.kind = plan::NodeKind::kNear;
    out.distance = node.distance;
    for (const syntax::Node& child : node.children) {
      auto built = child.kind == NodeKind::kPrefix   ? terms_.Prefix(child.text, scope, plan_)
                   : child.kind == NodeKind::kPhrase ? terms_.Phrase(child.text, scope, plan_)
                                                     : terms_.WholeTerm(child.text, scope, plan_);
      if (!built) return built;
      // What is near must stand in the text.
      if (built->kind == plan::NodeKind::kLeaf) plan_.leaves[built->index].tagged.clear();
      out.children.push_back(std::move(*built));
    }
    return out;
  }

  TermPlanner& terms_;
  const PlanContext& context_;
  Plan& plan_;
  std::vector<syntax::Note>& notes_;
};

// Every run of words in the tree as one text, for what it names.
void CollectTexts(const syntax::Node& node, std::string& out) {
  out += node.kind == NodeKind::kTerm || node.kind == NodeKind::kPhrase ? node.text + " " : "\n";
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
    if (node.kind == NodeKind::kTerm) words += (words.empty() ? "" : " ") + node.text;
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

Status AddFilters(const PlanOptions& options, const PlanContext& context, Plan& plan,
                  std::vector<syntax::Note>& notes) {
  for (const Filter& filter : options.filters) {
    ResolvedFilter resolved = ResolveFilter(filter.field, filter.values, context);
    if (!resolved.unknown.empty()) return Fail(ErrorCode::kUsage, resolved.unknown[0]);
    for (std::string& remark : resolved.remarks) notes.push_back({0, 0, std::move(remark)});
    Node node;
    node.kind = plan::NodeKind::kFilter;
    node.index = plan.filters.size();
    plan.filters.push_back(std::move(resolved.filter));
    plan.root.children.push_back(std::move(node));
  }
  return {};
}

// Every word on its own, any of which may be missing; what was excluded or filtered stays.
Result<Plan> Relaxed(const syntax::Ast& ast, TermPlanner& terms, const PlanContext& context,
                     const PlanOptions& options, std::vector<syntax::Note>& notes) {
  Plan plan;
  plan.step = Step::kMostTerms;
  Node most;
  most.kind = plan::NodeKind::kMost;
  most.share = options.free_text ? kFreeTextShare : kMostShare;
  Builder builder(terms, context, plan, notes);
  std::vector<std::string> words;
  std::size_t begin = 0;
  std::size_t end = 0;
  const auto flush = [&]() -> Status {
    for (std::size_t i = 0; i < words.size();) {
      terms.At(begin, end);
      const std::size_t together = std::max<std::size_t>(
          1, terms.ConceptLength({words.begin() + static_cast<std::ptrdiff_t>(i), words.end()}));
      auto leaves = together > 1 ? terms.ConceptWords(
                                       {words.begin() + static_cast<std::ptrdiff_t>(i),
                                        words.begin() + static_cast<std::ptrdiff_t>(i + together)},
                                       Scope::kAnywhere, plan)
                                 : terms.Words(words[i], Scope::kAnywhere, plan);
      if (!leaves) return Pass(leaves);
      if (together > 1) {
        most.children.push_back(std::move(*leaves));
      } else {
        for (Node& leaf : leaves->children) most.children.push_back(std::move(leaf));
      }
      i += together;
    }
    words.clear();
    return {};
  };
  const auto& children = ast.root.children;
  for (std::size_t i = 0; i < children.size();) {
    const syntax::Node& child = children[i];
    if (child.kind == NodeKind::kTerm) {
      if (words.empty()) begin = child.begin;
      end = child.end;
      words.push_back(child.text);
      ++i;
      continue;
    }
    if (const Status done = flush(); !done) return Pass(done);
    Node filter;
    if (const std::size_t taken = builder.AddLongCondition(children, i, filter); taken > 0) {
      plan.root.children.push_back(std::move(filter));
      i += taken;
      continue;
    }
    auto built = builder.Build(child, Scope::kAnywhere);  // quoted or explicit: never relaxed
    if (!built) return Pass(built);
    plan.root.children.push_back(std::move(*built));
    ++i;
  }
  if (const Status done = flush(); !done) return Pass(done);
  plan.words = most.children.size();
  plan.root.children.push_back(std::move(most));
  if (const Status done = AddFilters(options, context, plan, notes); !done) return Pass(done);
  return plan;
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
  if (!options.free_text) {
    Plan all;
    Builder builder(terms, context, all, notes);
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
  auto most = Relaxed(ast, terms, context, options, notes);
  if (!most) return Pass(most);
  most->concepts = ConceptsOf(terms, *most);
  if (options.free_text || most->words >= 2) out.steps.push_back(std::move(*most));
  out.expanded = terms.Expanded();
  AddNotes(std::move(notes), out.notes);
  AddNotes(terms.Notes(), out.notes);
  return out;
}

}  // namespace sakuin::plan

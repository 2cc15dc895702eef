#include "query/plan/planner.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "indexer/base/utf8.h"
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
  Builder(TermPlanner& terms, const PlanContext& context, Plan& plan)
      : terms_(terms), context_(context), plan_(plan) {}

  Result<Node> Build(const syntax::Node& node, Scope scope) {
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
        Node filter = AddFilter(*field, ValueOf(value));
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
    return AddFilter(*field, ValueOf(child));
  }

  Node AddFilter(FilterField field, const std::string& value) {
    Node out;
    out.kind = plan::NodeKind::kFilter;
    out.index = plan_.filters.size();
    plan_.filters.push_back(ResolveFilter(field, {value}, context_));
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
      std::vector<std::string> words;
      for (std::size_t j = i; j < node.children.size(); ++j) {
        if (node.children[j].kind != NodeKind::kTerm) break;
        words.push_back(node.children[j].text);
      }
      const std::size_t together = terms_.ConceptLength(words);
      if (together >= 2) {
        words.resize(together);
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
      out.children.push_back(std::move(*built));
    }
    return out;
  }

  TermPlanner& terms_;
  const PlanContext& context_;
  Plan& plan_;
};

void AddFilters(const PlanOptions& options, const PlanContext& context, Plan& plan) {
  if (options.filters.empty()) return;
  for (const Filter& filter : options.filters) {
    Node node;
    node.kind = plan::NodeKind::kFilter;
    node.index = plan.filters.size();
    plan.filters.push_back(ResolveFilter(filter.field, filter.values, context));
    plan.root.children.push_back(std::move(node));
  }
}

// Every word on its own, any of which may be missing; what was excluded or filtered stays.
Result<Plan> Relaxed(const syntax::Ast& ast, TermPlanner& terms, const PlanContext& context,
                     const PlanOptions& options) {
  Plan plan;
  plan.step = Step::kMostTerms;
  Node most;
  most.kind = plan::NodeKind::kMost;
  most.share = options.free_text ? kFreeTextShare : kMostShare;
  Builder builder(terms, context, plan);
  std::vector<std::string> words;
  const auto flush = [&]() -> Status {
    for (std::size_t i = 0; i < words.size();) {
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
  for (const syntax::Node& child : ast.root.children) {
    if (child.kind == NodeKind::kTerm) {
      words.push_back(child.text);
      continue;
    }
    if (const Status done = flush(); !done) return Pass(done);
    auto built = builder.Build(child, Scope::kAnywhere);  // quoted or explicit: never relaxed
    if (!built) return Pass(built);
    plan.root.children.push_back(std::move(*built));
  }
  if (const Status done = flush(); !done) return Pass(done);
  plan.words = most.children.size();
  plan.root.children.push_back(std::move(most));
  AddFilters(options, context, plan);
  return plan;
}

}  // namespace

Result<Plans> MakePlans(const syntax::Ast& ast, const PlanContext& context,
                        const PlanOptions& options) {
  Plans out;
  out.notes = ast.notes;
  TermPlanner terms(context, options.expand && !options.exact, options.exact);
  if (!options.free_text) {
    Plan all;
    Builder builder(terms, context, all);
    auto root = builder.Build(ast.root, Scope::kAnywhere);
    if (!root) return Pass(root);
    all.root = std::move(*root);
    AddFilters(options, context, all);
    all.concepts = terms.Concepts();
    out.steps.push_back(std::move(all));
  }
  auto most = Relaxed(ast, terms, context, options);
  if (!most) return Pass(most);
  most->concepts = terms.Concepts();
  if (options.free_text || most->words >= 2) out.steps.push_back(std::move(*most));
  out.expanded = terms.Expanded();
  return out;
}

}  // namespace sakuin::plan

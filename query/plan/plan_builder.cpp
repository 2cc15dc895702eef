#include "query/plan/plan_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "query/plan/filters.h"

namespace sakuin::plan {
namespace {

using Typed = syntax::NodeKind;

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

}  // namespace

Result<Node> PlanBuilder::Build(const syntax::Node& node, Scope scope) {
  terms_.At(node.begin, node.end);
  switch (node.kind) {
    case Typed::kTerm: return terms_.Term(node.text, scope, plan_);
    case Typed::kPhrase: return terms_.Phrase(node.text, scope, plan_);
    case Typed::kPrefix: return terms_.Prefix(node.text, scope, plan_);
    case Typed::kField: return BuildField(node, scope);
    case Typed::kAll: return BuildAll(node, scope);
    case Typed::kAny: return BuildGroup(NodeKind::kAny, node, scope);
    case Typed::kNot: return BuildGroup(NodeKind::kNot, node, scope);
    case Typed::kNear: return BuildNear(node, scope);
  }
  return Node{};
}

// condition:knee pain -- as many of the words behind it as make a condition's name with the
// first. Gives how many nodes were taken; 0: `at` is no such field.
std::size_t PlanBuilder::AddLongCondition(const std::vector<syntax::Node>& nodes, std::size_t at,
                                          Node& out) {
  const syntax::Node& field = nodes[at];
  if (field.kind != Typed::kField || field.text != "condition" || field.children.empty() ||
      field.children[0].kind != Typed::kTerm) {
    return 0;
  }
  std::string name = field.children[0].text;
  std::string longest;
  std::size_t taken = 0;
  constexpr std::size_t kLongestLabel = 12;  // words
  for (std::size_t n = 1; n < kLongestLabel && at + n < nodes.size(); ++n) {
    if (nodes[at + n].kind != Typed::kTerm) break;
    name += " " + nodes[at + n].text;
    const ConceptList found = FindConcepts(name, context_);
    if (std::none_of(found.begin(), found.end(), [](const auto* c) { return TagsSections(*c); })) {
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

Result<Node> PlanBuilder::BuildField(const syntax::Node& node, Scope scope) {
  if (node.text == "title" || node.text == "heading") {
    if (node.children.empty()) return Node{};
    return Build(node.children[0], node.text == "title" ? Scope::kTitle : Scope::kHeading);
  }
  const auto field = FilterOf(node.text);
  if (!field || node.children.empty()) return BuildGroup(NodeKind::kAll, node, scope);
  const syntax::Node& child = node.children[0];
  if (child.kind == Typed::kAny || child.kind == Typed::kAll) {  // site:(a OR b)
    Node out;
    out.kind = child.kind == Typed::kAny ? NodeKind::kAny : NodeKind::kAll;
    for (const syntax::Node& value : child.children) {
      Node filter = AddFilter(*field, ValueOf(value), value);
      if (value.kind == Typed::kNot) {
        Node excluded;
        excluded.kind = NodeKind::kNot;
        excluded.children.push_back(std::move(filter));
        filter = std::move(excluded);
      }
      out.children.push_back(std::move(filter));
    }
    return out;
  }
  return AddFilter(*field, ValueOf(child), node);
}

Node PlanBuilder::AddFilter(FilterField field, const std::string& value, const syntax::Node& at) {
  Node out;
  out.kind = NodeKind::kFilter;
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

Result<Node> PlanBuilder::BuildGroup(NodeKind kind, const syntax::Node& node, Scope scope) {
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
Result<Node> PlanBuilder::BuildAll(const syntax::Node& node, Scope scope) {
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
      if (node.children[j].kind != Typed::kTerm) break;
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

Result<Node> PlanBuilder::BuildNear(const syntax::Node& node, Scope scope) {
  Node out;
  out.kind = NodeKind::kNear;
  out.distance = node.distance;
  for (const syntax::Node& child : node.children) {
    auto built = child.kind == Typed::kPrefix   ? terms_.Prefix(child.text, scope, plan_)
                 : child.kind == Typed::kPhrase ? terms_.Phrase(child.text, scope, plan_)
                                                : terms_.WholeTerm(child.text, scope, plan_);
    if (!built) return built;
    // What is near must stand in the text.
    if (built->kind == NodeKind::kLeaf) plan_.leaves[built->index].tagged.clear();
    out.children.push_back(std::move(*built));
  }
  return out;
}

namespace {

Status AddOneFilter(const Filter& filter, bool excluded, const PlanContext& context, Plan& plan,
                    std::vector<syntax::Note>& notes) {
  if (filter.values.empty()) return {};
  ResolvedFilter resolved = ResolveFilter(filter.field, filter.values, context);
  if (!resolved.unknown.empty()) return Fail(ErrorCode::kUsage, resolved.unknown[0]);
  for (std::string& remark : resolved.remarks) notes.push_back({0, 0, std::move(remark)});
  Node node;
  node.kind = NodeKind::kFilter;
  node.index = plan.filters.size();
  plan.filters.push_back(std::move(resolved.filter));
  if (excluded) {
    Node without;
    without.kind = NodeKind::kNot;
    without.children.push_back(std::move(node));
    node = std::move(without);
  }
  plan.root.children.push_back(std::move(node));
  return {};
}

}  // namespace

Status AddFilters(const PlanOptions& options, const PlanContext& context, Plan& plan,
                  std::vector<syntax::Note>& notes) {
  for (const Filter& filter : options.filters) {
    Filter wanted{filter.field, {}};
    Filter unwanted{filter.field, {}};
    for (const std::string& value : filter.values) {
      const bool excluded = value.size() > 1 && value[0] == '-';
      (excluded ? unwanted : wanted).values.push_back(excluded ? value.substr(1) : value);
    }
    Status done = AddOneFilter(wanted, false, context, plan, notes);
    if (done) done = AddOneFilter(unwanted, true, context, plan, notes);
    if (!done) return done;
  }
  return {};
}

}  // namespace sakuin::plan

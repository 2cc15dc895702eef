#include <algorithm>
#include <string>

#include "indexer/base/utf8.h"
#include "query/plan/plan.h"

namespace sakuin::plan {
namespace {

std::string PrintLeaf(const Leaf& leaf, std::size_t most_names) {
  std::string out;
  if (leaf.scope == Scope::kHeading) out += "heading:";
  if (leaf.scope == Scope::kTitle) out += "title:";
  if (leaf.raw) return out + "bytes\"" + leaf.typed + "\"";
  bool first = true;
  const std::size_t shown = std::min(leaf.alternatives.size(), most_names);
  for (std::size_t i = 0; i < shown; ++i) {
    const Alternative& a = leaf.alternatives[i];
    if (!first) out += '|';
    first = false;
    out += '"' + utf8::Encode(a.text) + '"';
    if (a.match == MatchKind::kWholeWord) out += 'w';
    if (a.match == MatchKind::kPrefix) out += '*';
    if (a.match == MatchKind::kCapitals) out += 'c';
    if (a.origin == Origin::kLabel) out += '{' + a.concept_id + ' ' + a.language + '}';
  }
  if (shown < leaf.alternatives.size()) {
    out += "|+" + std::to_string(leaf.alternatives.size() - shown) + " more";
  }
  if (leaf.tagged.empty()) return out;
  out += "|[tagged " + leaf.tagged[0];
  if (leaf.tagged.size() > 1) out += " and " + std::to_string(leaf.tagged.size() - 1) + " below";
  return out + ']';
}

std::string PrintFilter(const Filter& filter) {
  static constexpr const char* kNames[] = {"condition", "aspect", "lang", "site", "published"};
  std::string out = std::string("[") + kNames[static_cast<int>(filter.field)];
  for (const std::string& value : filter.values) out += ' ' + value;
  return out + ']';
}

std::string PrintNode(const Plan& plan, const Node& node, std::size_t most_names) {
  std::string out;
  switch (node.kind) {
    case NodeKind::kLeaf: return PrintLeaf(plan.leaves[node.index], most_names);
    case NodeKind::kFilter: return PrintFilter(plan.filters[node.index]);
    case NodeKind::kAll: out = "(all"; break;
    case NodeKind::kAny: out = "(any"; break;
    case NodeKind::kNot: out = "(not"; break;
    case NodeKind::kMost: out = "(most"; break;
    case NodeKind::kNear: out = "(near/" + std::to_string(node.distance); break;
  }
  for (const Node& child : node.children) out += ' ' + PrintNode(plan, child, most_names);
  return out + ')';
}

}  // namespace

std::string Print(const Plan& plan, std::size_t most_names) {
  return PrintNode(plan, plan.root, most_names);
}

}  // namespace sakuin::plan

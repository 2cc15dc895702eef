#include "query/backend/sqlite/matcher.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "query/backend/sqlite/column_scan.h"
#include "query/backend/sqlite/leaf_finder.h"
#include "query/plan/ranking_weights.h"

namespace sakuin::backend {
namespace {

using plan::NodeKind;

using Keys = std::vector<SectionKey>;

Keys Intersect(const Keys& a, const Keys& b) {
  Keys out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

Keys Without(const Keys& a, const Keys& b) {
  Keys out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

bool IsPositive(const plan::Node& node) {
  const bool empty = node.kind == NodeKind::kAll && node.children.empty();
  return node.kind != NodeKind::kNot && !empty;
}

bool HasPositive(const plan::Node& node) {
  return std::any_of(node.children.begin(), node.children.end(), IsPositive);
}

}  // namespace

Matcher::Matcher(store::SqlLibrary& sql, store::PostingReader& postings, const plan::Plan& plan,
                 const plan::TextChecker& checker, SectionKey end, const Deadline& deadline)
    : sql_(sql),
      postings_(postings),
      plan_(plan),
      checker_(checker),
      end_(end),
      deadline_(deadline) {
  out_.leaves.resize(plan.leaves.size());
}

Result<Matches> Matcher::Run() {
  // Filters beside the rest of the query are kept apart: facets are counted as if those of their
  // own field were not there.
  plan::Node rest = plan_.root;
  std::map<plan::FilterField, Sections> filtered;
  if (rest.kind == NodeKind::kAll) {
    for (const plan::Node& child : plan_.root.children) {
      if (const Status done = AddFilter(child, filtered); !done) return Pass(done);
    }
    const auto is_filter = [](const plan::Node& node) { return node.kind == NodeKind::kFilter; };
    const bool chosen = std::any_of(rest.children.begin(), rest.children.end(), is_filter);
    std::erase_if(rest.children,
                  [this](const plan::Node& node) { return FilterOf(node) != nullptr; });
    if (chosen && !HasPositive(rest)) start_ = FindAll(postings_, end_);
  }
  auto found =
      rest.kind == NodeKind::kAll ? EvaluateAll(rest, std::exchange(start_, {})) : Evaluate(rest);
  if (!found) return Pass(found);
  for (std::size_t i = 0; i < plan_.leaves.size(); ++i) {
    if (!plan_.leaves[i].ranks_only) continue;
    if (const auto ranks = EvaluateLeaf(i); !ranks) return Pass(ranks);
  }
  if (filtered.empty()) {
    out_.sections = std::move(*found);
    return std::move(out_);
  }
  const Sections base = std::move(*found);
  out_.sections = base;
  for (const auto& [field, sections] : filtered) {
    out_.sections = Intersect(out_.sections, sections);
    Sections without = base;
    for (const auto& [other, more] : filtered) {
      if (other != field) without = Intersect(without, more);
    }
    out_.unfiltered.emplace(field, std::move(without));
  }
  return std::move(out_);
}

// The filter that a node is, plain or excluded; nullptr for any other node.
const plan::Filter* Matcher::FilterOf(const plan::Node& node) const {
  if (node.kind == NodeKind::kFilter) return &plan_.filters[node.index];
  const bool excluded = node.kind == NodeKind::kNot && node.children.size() == 1 &&
                        node.children[0].kind == NodeKind::kFilter;
  return excluded ? &plan_.filters[node.children[0].index] : nullptr;
}

Status Matcher::AddFilter(const plan::Node& node, std::map<plan::FilterField, Sections>& to) {
  const plan::Filter* const filter = FilterOf(node);
  if (filter == nullptr) return {};
  auto found = FindFiltered(postings_, *filter, end_);
  if (!found) return Pass(found);
  if (node.kind == NodeKind::kNot) found = Without(FindAll(postings_, end_), *found);
  const auto [at, fresh] = to.emplace(filter->field, std::move(*found));
  if (!fresh) at->second = Intersect(at->second, *found);
  return {};
}

Result<Matcher::Sections> Matcher::Evaluate(const plan::Node& node) {
  switch (node.kind) {
    case NodeKind::kAll: return EvaluateAll(node, std::nullopt);
    case NodeKind::kAny: return EvaluateAny(node);
    case NodeKind::kMost: return EvaluateMost(node);
    case NodeKind::kNear: return EvaluateNear(node);
    case NodeKind::kLeaf: return EvaluateLeaf(node.index);
    case NodeKind::kFilter: return FindFiltered(postings_, plan_.filters[node.index], end_);
    case NodeKind::kNot: break;  // only below kAll; alone it asks for nothing
  }
  return Sections{};
}

// What must be there first, then what must not: an exclusion alone finds nothing. A group without
// a positive part (an empty phrase) does not count.
Result<Matcher::Sections> Matcher::EvaluateAll(const plan::Node& node,
                                               std::optional<Sections> start) {
  bool first = !start.has_value();
  Sections out = first ? Sections() : std::move(*start);
  for (const plan::Node& child : node.children) {
    if (!IsPositive(child)) continue;
    auto found = Evaluate(child);
    if (!found) return found;
    if (first) {
      out = std::move(*found);
      first = false;
      continue;
    }
    out = Intersect(out, *found);
  }
  for (const plan::Node& child : node.children) {
    if (child.kind != NodeKind::kNot || out.empty()) continue;
    for (const plan::Node& excluded : child.children) {
      auto found = Evaluate(excluded);
      if (!found) return found;
      out = Without(out, *found);
    }
  }
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateAny(const plan::Node& node) {
  Sections out;
  for (const plan::Node& child : node.children) {
    auto found = Evaluate(child);
    if (!found) return found;
    Sections both;
    std::set_union(out.begin(), out.end(), found->begin(), found->end(), std::back_inserter(both));
    out = std::move(both);
  }
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateMost(const plan::Node& node) {
  std::vector<float> weights(end_, 0);
  double total = 0;
  for (const plan::Node& child : node.children) {
    const auto found = Evaluate(child);
    if (!found) return found;
    // A word that stands everywhere weighs next to nothing, but it does stand there.
    constexpr double kSomething = 1e-3;
    double weight = plan::Idf(static_cast<double>(postings_.section_count()),
                              static_cast<double>(found->size())) +
                    kSomething;
    // The first reading of several words is the name that they are together.
    const plan::Node& whole = child.children.empty() ? child : child.children[0];
    if (whole.kind == NodeKind::kLeaf) weight *= plan_.leaves[whole.index].share;
    total += weight;
    for (const SectionKey section : *found) weights[section] += static_cast<float>(weight);
  }
  Sections out;
  constexpr double kRounding = 1e-4;
  const auto least = static_cast<float>(std::max(total * node.share - kRounding, kRounding));
  for (SectionKey section = 0; section < end_; ++section) {
    if (weights[section] >= least) out.push_back(section);
  }
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateNear(const plan::Node& node) {
  plan::Node all;
  std::vector<const plan::Leaf*> leaves;
  for (const plan::Node& child : node.children) {
    if (child.kind != NodeKind::kLeaf) continue;
    all.children.push_back(child);
    leaves.push_back(&plan_.leaves[child.index]);
  }
  const auto candidates = EvaluateAll(all, std::nullopt);
  if (!candidates) return candidates;
  Sections out;
  for (const SectionKey key : *candidates) {
    if (const Status in_time = deadline_.Check(); !in_time) return Pass(in_time);
    const auto section = ReadWordingOf(sql_, postings_.NumberOf(key));
    if (!section) return Pass(section);
    if (checker_.HoldsNear(leaves, node.distance, section->heading, section->text)) {
      out.push_back(key);
    }
  }
  return out;
}

Result<Matcher::Sections> Matcher::EvaluateLeaf(std::size_t index) {
  auto postings = LeafFinder(sql_, postings_, checker_, end_, deadline_).Find(plan_.leaves[index]);
  if (!postings) return Pass(postings);
  Sections out;
  out.reserve(postings->size());
  for (const Posting& posting : *postings) out.push_back(posting.section);
  out_.leaves[index] = std::move(*postings);
  return out;
}

}  // namespace sakuin::backend

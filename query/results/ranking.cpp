#include "query/results/ranking.h"

#include <algorithm>

namespace sakuin::results {
namespace {

using backend::Posting;
using plan::NodeKind;

// What each leaf says of the section at hand; nullptr: nothing.
using Evidence = std::vector<const Posting*>;

constexpr int kNone = -1;

int TierOf(const plan::Node& node, const Evidence& evidence) {
  const auto literal = static_cast<int>(Tier::kLiteral);
  switch (node.kind) {
    case NodeKind::kLeaf: {
      const Posting* const posting = evidence[node.index];
      if (posting == nullptr) return kNone;
      if (posting->typed()) return literal;
      return static_cast<int>(posting->in_text() ? Tier::kLabel : Tier::kTagged);
    }
    case NodeKind::kAny: {
      int best = kNone;
      for (const plan::Node& child : node.children) {
        int tier = TierOf(child, evidence);
        if (child.kind == NodeKind::kAll) tier = std::min(tier, static_cast<int>(Tier::kWords));
        best = std::max(best, tier);
      }
      return best;
    }
    case NodeKind::kAll:
    case NodeKind::kNear: {
      int least = literal;
      for (const plan::Node& child : node.children) {
        least = std::min(least, TierOf(child, evidence));
      }
      return least;
    }
    case NodeKind::kMost: return static_cast<int>(Tier::kRelaxed);
    case NodeKind::kNot:
    case NodeKind::kFilter: return literal;
  }
  return kNone;
}

const Posting* FindPosting(const std::vector<Posting>& postings, backend::SectionKey section) {
  const auto it =
      std::lower_bound(postings.begin(), postings.end(), section,
                       [](const Posting& p, backend::SectionKey key) { return p.section < key; });
  return it != postings.end() && it->section == section ? &*it : nullptr;
}

Evidence EvidenceOf(const backend::Matches& matches, backend::SectionKey section) {
  Evidence out;
  out.reserve(matches.leaves.size());
  for (const auto& postings : matches.leaves) out.push_back(FindPosting(postings, section));
  return out;
}

void CollectExcluded(const plan::Node& node, bool excluded, std::vector<bool>& out) {
  if (node.kind == NodeKind::kLeaf && excluded) out[node.index] = true;
  for (const plan::Node& child : node.children) {
    CollectExcluded(child, excluded || node.kind == NodeKind::kNot, out);
  }
}

void CollectLeaves(const plan::Node& node, const Evidence& evidence,
                   std::vector<std::size_t>& out) {
  if (node.kind == NodeKind::kNot || node.kind == NodeKind::kFilter) return;
  if (node.kind == NodeKind::kLeaf) {
    if (evidence[node.index] != nullptr) out.push_back(node.index);
    return;
  }
  if (node.kind != NodeKind::kAny) {
    for (const plan::Node& child : node.children) CollectLeaves(child, evidence, out);
    return;
  }
  // Only the readings that match best: where the whole run stands, its single words say nothing.
  const int best = TierOf(node, evidence);
  for (const plan::Node& child : node.children) {
    int tier = TierOf(child, evidence);
    if (child.kind == NodeKind::kAll) tier = std::min(tier, static_cast<int>(Tier::kWords));
    if (tier == best && tier != kNone) CollectLeaves(child, evidence, out);
  }
}

std::vector<bool> ExcludedLeaves(const plan::Plan& plan) {
  std::vector<bool> out(plan.leaves.size(), false);
  CollectExcluded(plan.root, false, out);
  return out;
}

}  // namespace

namespace {

struct Counted {
  double sections = 0;
  double occurrences = 0;
};

struct CountedNames {
  Counted typed;
  Counted any;
};

CountedNames CountNames(const std::vector<Posting>& postings) {
  CountedNames out;
  for (const Posting& p : postings) {
    const double typed = p.typed_heading + p.typed_text;
    const double any = typed + p.label_heading + p.label_text;
    out.typed.sections += typed > 0 ? 1 : 0;
    out.typed.occurrences += typed;
    out.any.sections += any > 0 ? 1 : 0;
    out.any.occurrences += any;
  }
  return out;
}

}  // namespace

Ranker::Ranker(const plan::Plan& plan, const backend::Matches& matches,
               const std::vector<backend::Fact>& facts, const backend::Snapshot& snapshot,
               const plan::RankingWeights& weights)
    : plan_(plan), matches_(matches), facts_(facts), snapshot_(snapshot), weights_(weights) {
  const std::vector<bool> excluded = ExcludedLeaves(plan);
  const auto sections = static_cast<double>(snapshot.sections);
  leaves_.resize(plan.leaves.size());
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    if (excluded[i]) continue;
    const plan::Leaf& leaf = plan.leaves[i];
    const CountedNames counted = CountNames(matches.leaves[i]);
    const auto weigh = [&](const Counted& of) {
      return leaf.times * plan::TermWeight(sections, of.sections, of.occurrences, weights_);
    };
    leaves_[i].counts = true;
    leaves_[i].typed = weigh(counted.typed);
    if (leaf.names_concept) leaves_[i].any_name = weights_.concepts * weigh(counted.any);
  }
}

double Ranker::Norm(double length) const {
  const double mean = std::max(snapshot_.mean_length, 1.0);
  return weights_.k1 * (1.0 - weights_.b + weights_.b * length / mean);
}

double Ranker::Saturated(double frequency, double length) const {
  return (weights_.k1 + 1) * frequency / (frequency + Norm(length));
}

double Ranker::Adds(const LeafWeights& w, const Posting& p, double length) const {
  const double typed = weights_.heading * p.typed_heading + p.typed_text;
  double out = typed > 0 ? w.typed * Saturated(typed, length) : 0;
  if (w.any_name > 0) {
    const double any = typed + weights_.heading * p.label_heading + p.label_text;
    out += w.any_name * Saturated(any > 0 ? any : weights_.tagged * p.tagged, length);
  }
  return out;
}

// The postings of a leaf and the matches stand in the same order.
void Ranker::AddLeaf(std::size_t leaf, std::vector<Ranked>& ranked) const {
  const auto& sections = matches_.sections;
  std::size_t at = 0;
  for (const Posting& posting : matches_.leaves[leaf]) {
    while (at < sections.size() && sections[at] < posting.section) ++at;
    if (at == sections.size()) return;
    if (sections[at] != posting.section) continue;
    ranked[at].weight += Adds(leaves_[leaf], posting, facts_[at].length);
  }
}

void Ranker::SetTiers(std::vector<Ranked>& ranked) const {
  // One phrase that was typed: wherever it stands, it stands as it was typed.
  const auto typed = [](const plan::Alternative& a) { return a.origin == plan::Origin::kTyped; };
  if (plan_.leaves.size() == 1 && plan_.leaves[0].tagged.empty() &&
      std::all_of(plan_.leaves[0].alternatives.begin(), plan_.leaves[0].alternatives.end(),
                  typed)) {
    for (Ranked& one : ranked) one.tier = Tier::kLiteral;
    return;
  }
  std::vector<std::size_t> cursor(matches_.leaves.size(), 0);
  Evidence evidence(matches_.leaves.size(), nullptr);
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    for (std::size_t leaf = 0; leaf < matches_.leaves.size(); ++leaf) {
      const auto& postings = matches_.leaves[leaf];
      std::size_t& at = cursor[leaf];
      while (at < postings.size() && postings[at].section < matches_.sections[i]) ++at;
      const bool has = at < postings.size() && postings[at].section == matches_.sections[i];
      evidence[leaf] = has ? &postings[at] : nullptr;
    }
    ranked[i].tier = static_cast<Tier>(std::max(0, TierOf(plan_.root, evidence)));
  }
}

std::vector<Ranked> Ranker::Rank() const {
  std::vector<Ranked> out(matches_.sections.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i].index = i;
  for (std::size_t leaf = 0; leaf < leaves_.size(); ++leaf) {
    if (leaves_[leaf].counts) AddLeaf(leaf, out);
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    // Filters alone: sections whose primary condition is asked for stand first.
    if (plan_.leaves.empty() && facts_[i].names_concept) out[i].weight = 1;
    if (facts_[i].names_concept) out[i].weight *= weights_.names_concept;
  }
  if (plan_.step != plan::Step::kMostTerms) SetTiers(out);
  return out;
}

std::vector<ScorePart> Ranker::Parts(const backend::Fact& fact) const {
  std::vector<ScorePart> out;
  const Evidence evidence = EvidenceOf(matches_, fact.section);
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    const Posting* const p = evidence[i];
    if (p == nullptr || !leaves_[i].counts) continue;
    const std::string& name = plan_.leaves[i].typed;
    const double typed = weights_.heading * p->typed_heading + p->typed_text;
    const double any = typed + weights_.heading * p->label_heading + p->label_text;
    if (typed > 0) {
      out.push_back({name, "word", leaves_[i].typed, typed,
                     leaves_[i].typed * Saturated(typed, fact.length)});
    }
    if (leaves_[i].any_name <= 0) continue;
    const double frequency = any > 0 ? any : weights_.tagged * p->tagged;
    out.push_back({name, any > 0 ? "concept" : "tag", leaves_[i].any_name, frequency,
                   leaves_[i].any_name * Saturated(frequency, fact.length)});
  }
  return out;
}

std::vector<std::size_t> MatchingLeaves(const plan::Plan& plan, const backend::Matches& matches,
                                        backend::SectionKey section) {
  std::vector<std::size_t> out;
  CollectLeaves(plan.root, EvidenceOf(matches, section), out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string> MissingWords(const plan::Plan& plan, const backend::Matches& matches,
                                      backend::SectionKey section) {
  std::vector<std::string> out;
  const Evidence evidence = EvidenceOf(matches, section);
  for (const plan::Node& part : plan.root.children) {
    if (part.kind != NodeKind::kMost) continue;
    // Behind the words stands what was made from them.
    for (std::size_t i = 0; i < std::min(plan.words, part.children.size()); ++i) {
      const plan::Node& word = part.children[i];
      if (TierOf(word, evidence) != kNone) continue;
      // The first reading of several words is their name as a whole.
      const plan::Node& whole = word.children.empty() ? word : word.children[0];
      out.push_back(plan.leaves[whole.index].typed);
    }
  }
  return out;
}

}  // namespace sakuin::results

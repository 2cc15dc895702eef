#include "query/results/ranking.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

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

double Idf(std::int64_t sections, std::size_t with_it) {
  const auto n = static_cast<double>(sections);
  const auto df = static_cast<double>(with_it);
  return std::log(1.0 + (n - df + 0.5) / (df + 0.5));
}

// In how many sections of the list a name stands. What only a tag finds says nothing of how rare
// the words are.
std::size_t WithText(const std::vector<Posting>& postings) {
  return static_cast<std::size_t>(
      std::count_if(postings.begin(), postings.end(), [](const auto& p) { return p.in_text(); }));
}

double Frequency(const Posting& p, double length, const RankingWeights& w) {
  if (!p.in_text()) return w.tagged * p.tagged;
  const double text_norm = 1.0 - w.text_b + w.text_b * length / w.text_pivot;
  const double heading = w.heading * (p.typed_heading + w.label * p.label_heading);
  return heading + (p.typed_text + w.label * p.label_text) / text_norm;
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

std::vector<Ranked> Rank(const plan::Plan& plan, const backend::Matches& matches,
                         const std::vector<backend::Fact>& facts, std::int64_t section_count,
                         const RankingWeights& weights) {
  const std::vector<bool> excluded = ExcludedLeaves(plan);
  std::vector<double> idf;
  for (const auto& postings : matches.leaves) idf.push_back(Idf(section_count, WithText(postings)));
  std::vector<Ranked> out(matches.sections.size());
  std::vector<std::size_t> cursor(matches.leaves.size(), 0);
  Evidence evidence(matches.leaves.size(), nullptr);
  for (std::size_t i = 0; i < out.size(); ++i) {
    Ranked& ranked = out[i];
    ranked.index = i;
    for (std::size_t leaf = 0; leaf < matches.leaves.size(); ++leaf) {
      const auto& postings = matches.leaves[leaf];
      std::size_t& at = cursor[leaf];
      while (at < postings.size() && postings[at].section < matches.sections[i]) ++at;
      const bool has = at < postings.size() && postings[at].section == matches.sections[i];
      evidence[leaf] = has ? &postings[at] : nullptr;
      if (!has || excluded[leaf]) continue;
      const double tf = Frequency(postings[at], static_cast<double>(facts[i].length), weights);
      ranked.weight += idf[leaf] * tf / (weights.k1 + tf);
    }
    // Filters alone: sections whose primary condition is asked for stand first.
    if (plan.leaves.empty() && facts[i].names_concept) ranked.weight = 1;
    if (facts[i].names_concept) ranked.weight *= weights.names_concept;
    ranked.tier = plan.step == plan::Step::kMostTerms
                      ? Tier::kRelaxed
                      : static_cast<Tier>(std::max(0, TierOf(plan.root, evidence)));
  }
  return out;
}

std::string ExplainWeight(const plan::Plan& plan, const backend::Matches& matches,
                          const backend::Fact& fact, std::int64_t section_count,
                          const RankingWeights& weights) {
  std::string out;
  const Evidence evidence = EvidenceOf(matches, fact.section);
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    const Posting* const p = evidence[i];
    if (p == nullptr) continue;
    const double idf = Idf(section_count, WithText(matches.leaves[i]));
    const double tf = Frequency(*p, static_cast<double>(fact.length), weights);
    char line[160];
    std::snprintf(line, sizeof line, ": idf %.3f, weighted frequency %.3f, adds %.3f", idf, tf,
                  idf * tf / (weights.k1 + tf));
    out += (out.empty() ? "" : "\n") + plan.leaves[i].typed + line;
  }
  if (fact.names_concept) out += "\nprimary condition is named by the query: times 1.4";
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

}  // namespace sakuin::results

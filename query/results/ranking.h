#pragma once

// Orders matches: in tiers by how literally they match, and within a tier by weight.
//
// The weight of a section is the sum over the parts of the query (leaves of the plan) of
//
//     times * idf^p * burst^r * (k1 + 1) * tf / (tf + k1 * (1 - b + b * length / mean))
//
// - BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009),
// with the
//   frequencies of heading and text added before saturation (BM25F, ibid. 3.5);
// - idf = ln(1 + (N - n + 0.5) / (n + 0.5)), raised to p: words that many sections have say still
// less in
//   long questions;
// - burst = (cf + a) / (n + a), cf being the occurrences in all of them: what a text is about is
// said again
//   in it, filler once (Church and Gale, "Poisson mixtures", 1995; Kwok, "A new method of weighting
//   query terms for ad-hoc retrieval", SIGIR 1996);
// - where the part names a concept, a second such term, weighted, over all names of the concept.
//
// For questions the best hits are looked at once more: single characters of unspaced scripts that
// stand in them at all add the same weight of theirs. Constants: docs/quality.md says how they were
// found.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/backend/search_backend.h"
#include "query/plan/plan.h"
#include "query/plan/ranking_weights.h"

namespace sakuin::results {

// Higher tiers stand above lower ones whatever their weights say.
enum class Tier : std::uint8_t {
  kRelaxed,  // some words are missing
  kTagged,   // it is about the concept, by its title or by a description: no name stands there
  kLabel,    // by another name of a concept
  kWords,    // all words of an unspaced run, apart from each other
  kLiteral,  // everything stands there as it was typed (after folding)
};

struct Ranked {
  std::size_t index = 0;  // into Matches::sections and the facts
  Tier tier = Tier::kRelaxed;
  double weight = 0;
  bool strict = false;  // the stricter reading found it, too little else: Found::strict says how
  // tier + weight / (weight + 10): one number in the order of both.
  double score() const { return static_cast<double>(tier) + weight / (weight + 10.0); }
};

// One part of one section's weight.
struct ScorePart {
  std::string typed;
  std::string kind;  // "word", "concept", "tag", "character"
  double term_weight = 0;
  double frequency = 0;  // of heading and text, added as they count
  double adds = 0;
};

// Ranks the matches of one plan. Everything it is given must outlive it.
class Ranker {
 public:
  Ranker(const plan::Plan& plan, const backend::Matches& matches,
         const std::vector<backend::Fact>& facts, const backend::Snapshot& snapshot,
         const plan::RankingWeights& weights);

  // One element a section of the matches, in their order.
  std::vector<Ranked> Rank() const;

  // The parts that Rank() added up for one section, before the factor for a primary condition.
  std::vector<ScorePart> Parts(const backend::Fact& fact) const;

 private:
  struct LeafWeights {
    bool counts = false;  // not excluded
    double typed = 0;     // TermWeight, times
    double any_name = 0;  // 0: it names no concept
  };

  double Norm(double length) const;
  double Saturated(double frequency, double length) const;
  void AddLeaf(std::size_t leaf, std::vector<Ranked>& ranked) const;
  double Adds(const LeafWeights& w, const backend::Posting& posting, double length) const;
  void SetTiers(std::vector<Ranked>& ranked) const;

  const plan::Plan& plan_;
  const backend::Matches& matches_;
  const std::vector<backend::Fact>& facts_;
  const backend::Snapshot& snapshot_;
  const plan::RankingWeights& weights_;
  std::vector<LeafWeights> leaves_;
};

// The leaves that make a section match, most literal reading first: what is to be highlighted.
// `section` is one of `matches`.
std::vector<std::size_t> MatchingLeaves(const plan::Plan& plan, const backend::Matches& matches,
                                        backend::SectionKey section);

// The words of the query that may be missing and are, as typed, in the query's order.
std::vector<std::string> MissingWords(const plan::Plan& plan, const backend::Matches& matches,
                                      backend::SectionKey section);

}  // namespace sakuin::results

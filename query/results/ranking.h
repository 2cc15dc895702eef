#pragma once

// Orders matches: in tiers by how literally they match, and within a tier by BM25F.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "query/backend/search_backend.h"
#include "query/plan/plan.h"

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
  double weight = 0;  // BM25F
  // tier + weight / (weight + 10): one number in the order of both.
  double score() const { return static_cast<double>(tier) + weight / (weight + 10.0); }
};

// Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004):
// term frequencies of heading and text are normalised by field and added before saturation.
struct RankingWeights {
  double k1 = 1.2;
  double text_b = 0.6;
  double text_pivot = 250;     // folded characters at which a text is neither long nor short
  double heading = 2.5;        // a heading's occurrence against one in the text
  double label = 0.5;          // another name's occurrence against what was typed
  double tagged = 0.3;         // a tag of score 1 where no name stands, against one occurrence
  double names_concept = 1.4;  // where the section's primary condition is one the query names
};

// One element a section of `matches`, in its order; `facts` likewise. Pure.
std::vector<Ranked> Rank(const plan::Plan& plan, const backend::Matches& matches,
                         const std::vector<backend::Fact>& facts, std::int64_t section_count,
                         const RankingWeights& weights);

// The weight's parts for one section, for --explain: a line a leaf.
std::string ExplainWeight(const plan::Plan& plan, const backend::Matches& matches,
                          const backend::Fact& fact, std::int64_t section_count,
                          const RankingWeights& weights);

// The leaves that make a section match, most literal reading first: what is to be highlighted.
// `section` is one of `matches`.
std::vector<std::size_t> MatchingLeaves(const plan::Plan& plan, const backend::Matches& matches,
                                        backend::SectionKey section);

}  // namespace sakuin::results

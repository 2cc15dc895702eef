#pragma once

// What was found -> a hit that can be shown.

#include <cstdint>
#include <memory>
#include <vector>

#include "indexer/base/result.h"
#include "query/backend/search_backend.h"
#include "query/plan/planner.h"
#include "query/results/copies.h"
#include "query/results/hit.h"
#include "query/results/ranking.h"

namespace sakuin::results {

// The matches of one reading of a query, ranked.
struct Found {
  plan::Plan plan;
  backend::Matches matches;
  std::vector<backend::Fact> facts;
  std::vector<Ranked> ranked;                // in order of the answer
  FoldedAway away;                           // what the answer leaves out for them
  std::vector<backend::SectionKey> counted;  // the matches without those, for facets
  backend::Snapshot snapshot;
  // The reading in which no word may be missing, where it found something but too little. Its
  // sections are among the matches and stand above the others, weighed as it weighs them.
  std::unique_ptr<Found> strict;

  // The reading that found a hit, and what it knows of the section.
  const Found& ReadingOf(const Ranked& hit) const { return hit.strict ? *strict : *this; }
  const backend::Fact& FactOf(const Ranked& hit) const;
};

// Everything it is given must outlive it.
class HitMaker {
 public:
  HitMaker(backend::SearchBackend& backend, const plan::PlanContext& context)
      : backend_(backend), context_(context), weights_(*context.weights) {}

  Result<Hit> MakeHit(const Found& found, const Ranked& ranked, const SearchRequest& request);
  // What the single characters of a question add to a section's weight.
  Result<std::vector<ScorePart>> CharParts(const Found& found, backend::SectionKey section);

 private:
  static void AddFurther(const Found& found, const Ranked& ranked, Hit& hit);
  Status AddAlsoAt(const Found& found, const Ranked& ranked, Hit& hit);
  // `found`: the reading that found it.
  Status Explain(const Found& found, const backend::Fact& fact, const Ranked& ranked, Hit& hit);

  backend::SearchBackend& backend_;
  const plan::PlanContext& context_;
  const plan::RankingWeights& weights_;
};

}  // namespace sakuin::results

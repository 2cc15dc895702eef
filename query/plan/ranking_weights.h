#pragma once

// How much what counts, and the weights of words that ranking and relaxing share.

#include <string>

#include "indexer/base/result.h"

namespace sakuin::plan {

// corpus/ranking/weights.tsv; docs/formats/ranking.md says what each is.
struct RankingWeights {
  double k1 = 0;
  double b = 0;
  double idf_power = 0;
  double burst_power = 0;
  double burst_prior = 0;
  double heading = 0;
  double concepts = 0;
  double chars = 0;
  double tagged = 0;
  double names_concept = 0;
  double phrase = 0;
  double spaced_word = 0;
  double foreign = 0;
  double foreign_wanted = 0;
  double most_share = 0;
  double concept_share = 0;
  double topic_share = 0;
};

// kBadData with file:line for an unknown or doubled name and for what is no number of at least 0;
// for a name that is missing.
Result<RankingWeights> LoadRankingWeights(const std::string& data_dir);

// How rare what `with_it` of `sections` have is: Robertson and Sparck Jones's weight without
// relevance information, kept above zero as in Lucene.
double Idf(double sections, double with_it);

// What a part of the query weighs, whatever the section; query/results/ranking.h has the formula.
double TermWeight(double sections, double with_it, double occurrences, const RankingWeights& w);

}  // namespace sakuin::plan

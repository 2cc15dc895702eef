#pragma once

#include <string>

#include "indexer/base/result.h"

namespace sakuin::results {

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
};

// kBadData with file:line for an unknown or doubled name and for what is no number of at least 0;
// for a name that is missing.
Result<RankingWeights> LoadRankingWeights(const std::string& data_dir);

}  // namespace sakuin::results

#include "query/plan/ranking_weights.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "indexer/base/data_dir.h"

namespace sakuin::plan {

Result<RankingWeights> LoadRankingWeights(const std::string& data_dir) {
  RankingWeights out;
  std::map<std::string, double*> wanted{{"k1", &out.k1},
                                        {"b", &out.b},
                                        {"idf_power", &out.idf_power},
                                        {"burst_power", &out.burst_power},
                                        {"burst_prior", &out.burst_prior},
                                        {"heading", &out.heading},
                                        {"concepts", &out.concepts},
                                        {"chars", &out.chars},
                                        {"tagged", &out.tagged},
                                        {"names_concept", &out.names_concept},
                                        {"phrase", &out.phrase},
                                        {"spaced_word", &out.spaced_word},
                                        {"foreign", &out.foreign},
                                        {"foreign_wanted", &out.foreign_wanted},
                                        {"most_share", &out.most_share},
                                        {"concept_share", &out.concept_share},
                                        {"topic_share", &out.topic_share}};
  const std::string path = data_dir + "/ranking/weights.tsv";
  const auto rows = ReadTsv(path, 3, 3);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    const auto bad = [&row](const std::string& what) {
      return Fail(ErrorCode::kBadData, what, row.where);
    };
    const auto name = wanted.find(row.fields[0]);
    if (name == wanted.end()) return bad("'" + row.fields[0] + "' is no weight, or stands twice");
    char* end = nullptr;
    const double value = std::strtod(row.fields[1].c_str(), &end);
    if (row.fields[1].empty() || *end != '\0' || !(value >= 0 && value < 1e6)) {
      return bad("'" + row.fields[1] + "' is no number of at least 0");
    }
    *name->second = value;
    wanted.erase(name);
  }
  if (!wanted.empty()) {
    return Fail(ErrorCode::kBadData, "'" + wanted.begin()->first + "' is missing", path);
  }
  return out;
}

double Idf(double sections, double with_it) {
  return std::log(1.0 + (std::max(sections - with_it, 0.0) + 0.5) / (with_it + 0.5));
}

double TermWeight(double sections, double with_it, double occurrences, const RankingWeights& w) {
  if (with_it <= 0) return 0;
  const double burst = (occurrences + w.burst_prior) / (with_it + w.burst_prior);
  return std::pow(Idf(sections, with_it), w.idf_power) * std::pow(burst, w.burst_power);
}

}  // namespace sakuin::plan

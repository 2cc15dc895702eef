#include "indexer/thesaurus/tag_weights.h"

#include <cstdlib>
#include <map>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::thesaurus {
namespace {

std::map<std::string, double*> ByName(TagWeights& weights) {
  std::map<std::string, double*> out{{"named-in-heading", &weights.named_in_heading},
                                     {"described-in-heading", &weights.described_in_heading},
                                     {"first-in-heading", &weights.first_in_heading},
                                     {"described", &weights.described},
                                     {"early", &weights.early},
                                     {"early-characters", &weights.early_characters},
                                     {"named-above", &weights.named_above},
                                     {"list-item", &weights.list_item},
                                     {"list-names", &weights.list_names},
                                     {"beside-narrower", &weights.beside_narrower},
                                     {"narrower-share", &weights.narrower_share},
                                     {"symptom-of-topic", &weights.symptom_of_topic},
                                     {"symptom-in-heading", &weights.symptom_in_heading},
                                     {"in-passing", &weights.in_passing},
                                     {"broader-than-topic", &weights.broader_than_topic},
                                     {"least-share", &weights.least_share},
                                     {"inherited", &weights.inherited},
                                     {"passing", &weights.passing}};
  for (std::size_t i = 0; i < kAssertions.size(); ++i) {
    out["article-" + std::string(kAssertions[i])] = &weights.article[i];
    out["message-" + std::string(kAssertions[i])] = &weights.message[i];
  }
  return out;
}

}  // namespace

Result<TagWeights> TagWeights::Load(const std::string& data_dir) {
  const std::string path = data_dir + "/thesaurus/tag_weights.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  const auto rows = ReadTsv(path, 3, 3);
  if (!rows) return Pass(rows);
  TagWeights out;
  std::map<std::string, double*> open = ByName(out);
  for (const TsvRow& row : *rows) {
    const auto named = open.find(row.fields[0]);
    if (named == open.end()) {
      return Fail(ErrorCode::kBadData,
                  "'" + row.fields[0] + "' is no weight, or stands here a second time", row.where);
    }
    char* end = nullptr;
    const double value = std::strtod(row.fields[1].c_str(), &end);
    if (row.fields[1].empty() || *end != '\0' || !(value >= 0 && value < 1e6)) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[1] + "' is no number of 0 or more",
                  row.where);
    }
    *named->second = value;
    open.erase(named);
  }
  if (!open.empty()) {
    return Fail(ErrorCode::kBadData, "the weight '" + open.begin()->first + "' is missing", path);
  }
  out.digest = Digest(*bytes);
  return out;
}

}  // namespace sakuin::thesaurus

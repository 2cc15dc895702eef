#include "indexer/thesaurus/manifestations.h"

#include <set>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::thesaurus {

Result<Manifestations> Manifestations::Load(const std::string& data_dir,
                                            const Thesaurus& thesaurus) {
  const std::string path = data_dir + "/thesaurus/manifestations.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  const auto rows = ReadTsv(path, 3, 3);
  if (!rows) return Pass(rows);
  Manifestations out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const TsvRow& row : *rows) {
    const std::string& condition = row.fields[0];
    const std::string& symptom = row.fields[1];
    if (condition.empty() || symptom.empty() || !seen.emplace(condition, symptom).second) {
      return Fail(ErrorCode::kBadData, "wants two concepts, each pair once", row.where);
    }
    const model::Concept* const from = thesaurus.Find(condition);
    const model::Concept* const to = thesaurus.Find(symptom);
    if (from != nullptr && to != nullptr) out.all_[from].push_back(to);
  }
  out.digest_ = Digest(*bytes);
  return out;
}

const std::vector<const model::Concept*>& Manifestations::Of(
    const model::Concept& condition) const {
  static const std::vector<const model::Concept*> kNone;
  const auto found = all_.find(&condition);
  return found == all_.end() ? kNone : found->second;
}

}  // namespace sakuin::thesaurus

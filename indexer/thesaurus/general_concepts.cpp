#include "indexer/thesaurus/general_concepts.h"

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::thesaurus {

Result<GeneralConcepts> GeneralConcepts::Load(const std::string& data_dir,
                                              const Thesaurus& thesaurus) {
  const std::string path = data_dir + "/thesaurus/general.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  const auto rows = ReadTsv(path, 2, 2);
  if (!rows) return Pass(rows);
  GeneralConcepts out;
  std::set<std::string> seen;
  for (const TsvRow& row : *rows) {
    if (row.fields[0].empty() || !seen.insert(row.fields[0]).second) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no concept, or stands twice",
                  row.where);
    }
    if (const model::Concept* found = thesaurus.Find(row.fields[0])) out.all_.insert(found);
  }
  out.digest_ = Digest(*bytes);
  return out;
}

}  // namespace sakuin::thesaurus

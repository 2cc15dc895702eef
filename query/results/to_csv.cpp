#include "query/results/to_csv.h"

#include <fmt/format.h>

#include "indexer/base/csv.h"

namespace sakuin::results {

std::string ToCsv(const SearchResult& result) {
  std::string out = "rank,score,section,uri,title,language,heading_path,snippet\n";
  for (const Hit& hit : result.hits) {
    const backend::HitRecord& r = hit.record;
    std::string path;
    for (const std::string& step : r.section.path) path += (path.empty() ? "" : " > ") + step;
    out += CsvLine({std::to_string(hit.rank), fmt::format("{:.6f}", hit.score),
                    r.section.Id(r.document_id), r.uri, r.title,
                    r.section.language.empty() ? r.language : r.section.language, path,
                    hit.snippet.text});
  }
  return out;
}

}  // namespace sakuin::results

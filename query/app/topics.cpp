#include "query/app/topics.h"

#include <unordered_map>

#include "indexer/base/data_dir.h"

namespace sakuin::app {

Result<std::vector<Topic>> ReadTopics(const std::string& path) {
  auto rows = ReadTsv(path, 2, 2);
  if (!rows) return Pass(rows);
  std::vector<Topic> out;
  std::unordered_map<std::string, std::string> seen;
  for (TsvRow& row : *rows) {
    const auto [before, is_new] = seen.emplace(row.fields[0], row.where);
    if (!is_new) {
      return Fail(ErrorCode::kBadData,
                  "topic " + row.fields[0] + " stands at " + before->second + " already",
                  row.where);
    }
    out.push_back({row.fields[0], row.fields[1]});
  }
  return out;
}

std::string RunId(const results::SearchRequest& request, const results::Hit& hit) {
  const backend::HitRecord& record = hit.record;
  return request.by_document ? record.document_id : record.section.Id(record.document_id);
}

int RunTopics(const Context& context, results::Engine& engine, const std::vector<Topic>& topics,
              results::SearchRequest request,
              const std::function<void(const Topic&, const results::SearchResult&)>& each) {
  request.free_text = true;
  request.facets = false;
  request.duplicates = true;  // judges of a run know ids: every copy is an answer of its own
  for (const Topic& topic : topics) {
    if (context.stop->load()) return kInterrupted;
    request.query = topic.query;
    const auto result = engine.Search(request);
    if (!result) return Complain(result.error());
    each(topic, *result);
  }
  return kDone;
}

}  // namespace sakuin::app

#include "tests/support/search_fixture.h"

#include <atomic>
#include <stdexcept>
#include <utility>

#include "tests/support/cases.h"

namespace sakuin::test {
namespace {

template <typename T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().Text());
  return std::move(*result);
}

pipeline::IngestSummary IngestAll(const std::string& kb, const std::vector<std::string>& paths,
                                  unsigned jobs) {
  pipeline::IngestOptions options;
  options.paths = paths;
  options.jobs = jobs;
  const std::atomic<bool> stop{false};
  return Must(pipeline::RunIngest(kb, SharedRules(), options, {}, stop));
}

}  // namespace

const pipeline::Rules& SharedRules() {
  static const std::unique_ptr<pipeline::Rules> rules =
      Must(pipeline::Rules::Load(RepositoryPath("corpus")));
  return *rules;
}

SearchFixture::SearchFixture(const std::vector<std::string>& paths, unsigned jobs)
    : summary_(IngestAll(kb(), paths, jobs)),
      pipeline_(Must(pipeline::Pipeline::Create(SharedRules()))),
      weights_(Must(plan::LoadRankingWeights(RepositoryPath("corpus")))),
      context_{&pipeline_.analyzer(),
               &SharedRules().folding(),
               &SharedRules().thesaurus(),
               &SharedRules().matcher(),
               &weights_,
               nullptr,
               {},
               {}},
      engine_(std::make_unique<results::Engine>(Must(backend::OpenBackend(kb())), context_)) {}

void SearchFixture::Ingest(const std::vector<std::string>& paths) { IngestAll(kb(), paths, 1); }

results::SearchResult SearchFixture::Search(const results::SearchRequest& request) {
  return Must(engine_->Search(request));
}

std::set<std::string> SearchFixture::FindAll(const std::string& query, bool expand) {
  results::SearchRequest request;
  request.query = query;
  request.expand = expand;
  request.facets = false;
  request.limit = 1000;
  std::set<std::string> out;
  for (;;) {
    const results::SearchResult result = Search(request);
    for (const results::Hit& hit : result.hits) {
      out.insert(hit.record.section.Id(hit.record.document_id));
    }
    if (result.next.empty()) return out;
    request.after = result.next;
  }
}

}  // namespace sakuin::test

#include "query/app/did_you_mean.h"

#include <utility>

#include "indexer/base/data_dir.h"

namespace sakuin::app {

DidYouMean::DidYouMean(Searcher& searcher, text::Sounds sounds)
    : searcher_(searcher), sounds_(std::move(sounds)) {
  const plan::PlanContext& context = searcher.plan_context();
  spellings_.emplace(*context.thesaurus, *context.folding, &sounds_);
}

Result<std::unique_ptr<DidYouMean>> DidYouMean::Open(const Context& context, Searcher& searcher) {
  const auto folder = FindDataDir(context.data_dir, context.program);
  if (!folder) return Pass(folder);
  auto sounds = text::Sounds::Load(*folder);
  if (!sounds) return Pass(sounds);
  return std::unique_ptr<DidYouMean>(new DidYouMean(searcher, std::move(*sounds)));
}

Status DidYouMean::Add(const results::SearchRequest& request, results::SearchResult& result) {
  results::SearchRequest other = request;
  other.limit = 0;
  other.facets = false;
  other.explain = false;
  std::optional<Error> failed;
  const auto search = [&](const std::string& query) -> results::Yield {
    other.query = query;
    const auto found = searcher_.engine().Search(other);
    if (!found) failed = found.error();
    return found ? results::Yield{found->total, found->relaxed} : results::Yield{};
  };
  const auto suggestion = results::Suggest(request.query, {result.total, result.relaxed},
                                           searcher_.plan_context(), *spellings_, nullptr, search);
  if (failed) return tl::make_unexpected(*failed);
  if (suggestion) result.suggestion = suggestion->query;
  return {};
}

}  // namespace sakuin::app

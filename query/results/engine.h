#pragma once

// Query text -> hits: the whole of searching behind one class.

#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/backend/search_backend.h"
#include "query/plan/planner.h"
#include "query/results/hit.h"
#include "query/results/hits/hit_maker.h"
#include "query/results/ranking.h"

namespace sakuin::results {

// Not thread-safe: it owns a connection and uses the context's analyzer. One a thread.
class Engine {
 public:
  // `context` must outlive the engine, and its analyzer must be the one the index was built with
  // (pipeline::CheckAnalyzer).
  Engine(std::unique_ptr<backend::SearchBackend> backend, const plan::PlanContext& context);

  // Any query text is valid. kUsage for a cursor that is none; else only what the backend fails
  // with.
  Result<SearchResult> Search(const SearchRequest& request);

  backend::SearchBackend& backend() { return *backend_; }

 private:
  Result<Found> FindEnough(const syntax::Ast& ast, const SearchRequest& request,
                           const backend::Snapshot& snapshot, SearchResult& out);
  Status Rank(Found& found);
  Status LookAgain(Found& found);
  Status SortHits(const SearchRequest& request, std::size_t offset, Found& found);
  // Takes the copies of what stands better out of the answer.
  static void Fold(const SearchRequest& request, Found& found, SearchResult& out);
  Status FillHits(const Found& found, const SearchRequest& request, std::size_t offset,
                  SearchResult& out);
  Status CountFacets(const Found& found, const SearchRequest& request, SearchResult& out);
  Result<std::vector<backend::SectionKey>> SectionsToCount(const Found& found,
                                                           const SearchRequest& request,
                                                           plan::FilterField field);
  Result<std::vector<FacetConcept>> CountConditionFacet(
      const std::vector<backend::SectionKey>& sections);

  std::unique_ptr<backend::SearchBackend> backend_;
  const plan::PlanContext& context_;
};

}  // namespace sakuin::results

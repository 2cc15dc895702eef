#pragma once

// Mistyped queries and queries in pinyin or romaji: what they need is loaded when one comes.

#include <memory>
#include <optional>
#include <string>

#include "indexer/text/sounds.h"
#include "query/plan/spelling/spellings.h"
#include "query/results/suggestions.h"
#include "query/service/knowledge.h"

namespace sakuin::service {

class DidYouMean {
 public:
  // `searcher` must outlive it. Reads corpus/readings/ below the data folder.
  static Result<std::unique_ptr<DidYouMean>> Open(const Place& place, Searcher& searcher);

  // Sets result.suggestion where another query finds more, under the same filters.
  Status Add(const results::SearchRequest& request, results::SearchResult& result);

  const plan::Spellings& spellings() const { return *spellings_; }

 private:
  DidYouMean(Searcher& searcher, text::Sounds sounds);

  Searcher& searcher_;
  text::Sounds sounds_;
  std::optional<plan::Spellings> spellings_;
};

}  // namespace sakuin::service

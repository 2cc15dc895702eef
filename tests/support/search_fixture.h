#pragma once

// A knowledge base made in a temporary folder, and an engine over it, in process.

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "indexer/pipeline/ingest_run.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/pipeline/rules.h"
#include "query/results/engine.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {

// The rules of corpus/, loaded once for the whole test program.
const pipeline::Rules& SharedRules();

class SearchFixture {
 public:
  // Ingests the paths; throws with the message where that fails.
  explicit SearchFixture(const std::vector<std::string>& paths, unsigned jobs = 2);

  // Ids of all sections that a query finds, over all pages.
  std::set<std::string> FindAll(const std::string& query, bool expand = false);
  results::SearchResult Search(const results::SearchRequest& request);

  // Ingests more into the same knowledge base, while the engine stays open.
  void Ingest(const std::vector<std::string>& paths);

  const pipeline::IngestSummary& summary() const { return summary_; }
  std::string kb() const { return temp_.File("kb.db"); }

 private:
  TempDir temp_;
  pipeline::IngestSummary summary_;
  pipeline::Pipeline pipeline_;
  plan::RankingWeights weights_;
  plan::PlanContext context_;
  std::unique_ptr<results::Engine> engine_;
};

}  // namespace sakuin::test

#pragma once

// Evaluates a plan over the posting index: every leaf a sorted list of postings, every node a
// sorted list of sections.

#include <map>
#include <optional>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/sqlite/posting_reader.h"
#include "indexer/store/sqlite/sql_library.h"
#include "query/backend/search_backend.h"

namespace sakuin::backend {

// For one call of SearchBackend::Match(). Everything it is given must outlive it.
class Matcher {
 public:
  Matcher(store::SqlLibrary& sql, store::PostingReader& postings, const plan::Plan& plan,
          const plan::TextChecker& checker, SectionKey end, const Deadline& deadline);

  Result<Matches> Run();

 private:
  using Sections = std::vector<SectionKey>;

  Result<Sections> Evaluate(const plan::Node& node);
  // Of the sections of `start`, where there is one.
  Result<Sections> EvaluateAll(const plan::Node& node, std::optional<Sections> start);
  Result<Sections> EvaluateAny(const plan::Node& node);
  Result<Sections> EvaluateMost(const plan::Node& node);
  Result<Sections> EvaluateNear(const plan::Node& node);
  Result<Sections> EvaluateLeaf(std::size_t index);
  const plan::Filter* FilterOf(const plan::Node& node) const;
  Status AddFilter(const plan::Node& node, std::map<plan::FilterField, Sections>& to);

  store::SqlLibrary& sql_;
  store::PostingReader& postings_;
  const plan::Plan& plan_;
  const plan::TextChecker& checker_;
  SectionKey end_;
  Deadline deadline_;
  std::optional<Sections> start_;  // where only filters say what is wanted
  Matches out_;
};

}  // namespace sakuin::backend

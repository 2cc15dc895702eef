#pragma once

// Evaluates a plan over the two FTS5 indexes: every leaf a sorted list of postings, every node a
// sorted list of sections.

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/sqlite/sql_library.h"
#include "query/backend/search_backend.h"
#include "query/backend/sqlite/term_frequency.h"

namespace sakuin::backend {

// For one call of SearchBackend::Match(). Everything it is given must outlive it.
class Matcher {
 public:
  Matcher(store::SqlLibrary& sql, RowCounts& counts, const plan::Plan& plan,
          const plan::TextChecker& checker, std::int64_t section_count);

  Result<Matches> Run();

 private:
  using Sections = std::vector<SectionKey>;

  Result<Sections> Evaluate(const plan::Node& node);
  Result<Sections> EvaluateAll(const plan::Node& node);
  Result<Sections> EvaluateAny(const plan::Node& node);
  Result<Sections> EvaluateMost(const plan::Node& node);
  Result<Sections> EvaluateNear(const plan::Node& node);
  Result<Sections> EvaluateFilter(const plan::Filter& filter);
  Result<Sections> EvaluateLeaf(std::size_t index);

  Result<std::vector<Posting>> Lookup(const plan::Leaf& leaf);
  Result<std::vector<Posting>> LookupBytes(const plan::Leaf& leaf);
  Status LookupRoute(const plan::Leaf& leaf, unsigned char route, std::vector<Posting>& out);
  Status KeepVerified(const plan::Leaf& leaf, std::vector<Posting>& postings);
  Status AddTagged(const plan::Leaf& leaf, std::vector<Posting>& postings);
  Status SpreadOverDocuments(std::vector<Posting>& postings);
  Result<bool> Verify(SectionKey section, const plan::Leaf& leaf);
  // All values of the first column.
  template <typename... Args>
  Result<Sections> Column(std::string_view statement, const Args&... args);

  store::SqlLibrary& sql_;
  RowCounts& counts_;
  const plan::Plan& plan_;
  const plan::TextChecker& checker_;
  std::int64_t section_count_;
  Matches out_;
};

}  // namespace sakuin::backend

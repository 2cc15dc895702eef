#pragma once

// Which findings an address asks for: the same words for the list, the matrix and the way from one
// finding to the next.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/contradictions/selection.h"
#include "query/web/view.h"

namespace sakuin::web {

struct Asked {
  std::string condition;  // ids
  std::string action;
  std::string kind;       // of contradictions::kKinds
  std::string severity;   // of contradictions::kSeverities; at least
  std::string state;      // one of store::kReviewStates, "changed" or "all"; "": to be decided
  std::string languages;  // "ja+zh", "en": those of a pair; or "cross"
  std::string cell;       // CellOf() of a finding, without what is narrower

  // Only what it knows: a mistyped word asks for nothing.
  static Asked Read(const server::Parameters& query);

  bool empty() const { return Query().empty(); }
  // "condition=...&kind=...", encoded; without what is not asked for.
  std::string Query() const;
  // The same as the API takes it; "" where it knows no such filter.
  std::string ApiQuery(const std::string& ui) const;
  // PATH, or PATH?QUERY.
  std::string Address(const std::string& path) const;
};

// "ja+zh": the two languages of a pair in byte order, whatever the scripts; one where both are the
// same.
std::string LanguagesOf(const contradictions::Tension& tension, const service::Findings& findings);

// "knee-pain+ice", "+ice" where no condition is named: what a finding is counted under.
std::string CellOf(const std::string& condition, const std::string& action);

// In the order of `findings`, which must outlive it.
std::vector<contradictions::SelectedFinding> Select(const View& view,
                                                    const service::Findings& findings,
                                                    const Asked& asked);

// How many of the findings the filter by each concept would leave: those of its own and of what is
// narrower, of an action on either side.
enum class By : std::uint8_t { kCondition, kAction };
std::map<std::string, std::size_t> CountBy(
    By by, const View& view, const service::Findings& findings,
    const std::vector<contradictions::SelectedFinding>& selected);

}  // namespace sakuin::web

#pragma once

// A new article against what is known, and against itself.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/store/index_reader.h"
#include "indexer/store/reviews.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/tension_rules.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::contradictions {

// What is known: all of it must outlive the call.
struct Known {
  store::IndexReader* reader = nullptr;
  const text::Folding* folding = nullptr;
  const thesaurus::Thesaurus* thesaurus = nullptr;
  const TensionRules* rules = nullptr;
  const std::vector<store::Review>* reviews = nullptr;
};

// One statement of the draft and what speaks against it: the best pair.
struct DraftFinding {
  Tension tension;
  std::size_t own = 0;       // place of the draft's statement in the list
  std::size_t other = 0;     // of the other one, perhaps the draft's too
  bool within = false;       // both are the draft's
  std::size_t articles = 0;  // stored ones that say so, at least; 0 where `within`
};

struct DraftCheck {
  WitnessList list;
  std::vector<DraftFinding> findings;  // in order of the draft's text, the most serious first
  std::vector<std::string> copies;     // ids of stored documents that are the draft, or its copies
};

// Only what is pending (IsPending) is a finding; what a condition explains is one where `resolved`
// is set. A stored document of the draft's id, a near-copy of it and all copies of these are not
// compared. Reads only the advice that can meet the draft's.
Result<DraftCheck> CheckDraft(const model::Document& draft, const Known& known, bool resolved);

}  // namespace sakuin::contradictions

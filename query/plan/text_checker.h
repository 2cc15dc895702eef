#pragma once

// Decides on the stored text what an index alone cannot: word boundaries inside mixed runs, NEAR,
// --exact, text that folds to nothing.

#include <string_view>
#include <vector>

#include "indexer/model/section.h"
#include "indexer/text/folding.h"
#include "query/plan/occurrences.h"
#include "query/plan/plan.h"

namespace sakuin::plan {

// Thread-safe; `folding` must outlive it.
class TextChecker {
 public:
  explicit TextChecker(const text::Folding& folding) : folding_(&folding) {}

  // Does any alternative of the leaf stand in the heading or the text, or in their readings unless
  // it is exact, as its scope allows? Looks at nothing else of the section.
  bool Holds(const Leaf& leaf, const model::Section& section) const;

  // Do all leaves stand in the heading, or all in the text, in an order in which each is at most
  // `distance` folded characters from the next?
  bool HoldsNear(const std::vector<const Leaf*>& leaves, int distance, std::string_view heading,
                 std::string_view text) const;

  // Where one alternative of the leaf stands, by --exact's rule too.
  std::vector<Occurrence> Find(const Leaf& leaf, const Alternative& alternative,
                               const text::Folded& folded, std::string_view original) const;

 private:
  bool HoldsIn(const Leaf& leaf, std::string_view original,
               const std::vector<model::Reading>& readings) const;
  bool NearIn(const std::vector<const Leaf*>& leaves, std::size_t distance,
              std::string_view original) const;

  const text::Folding* folding_;
};

}  // namespace sakuin::plan

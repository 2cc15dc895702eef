#include "query/results/copies.h"

#include <algorithm>
#include <unordered_set>

namespace sakuin::results {

FoldedAway FoldCopies(const std::vector<backend::Fact>& facts, std::vector<Ranked>& ranked) {
  FoldedAway away;
  std::unordered_map<std::int64_t, const backend::Fact*> best;  // of a group
  std::erase_if(ranked, [&](const Ranked& r) {
    const std::int64_t group = facts[r.index].group;
    if (group == 0) return false;
    const backend::Fact& fact = facts[r.index];
    const backend::Fact& first = *best.emplace(group, &fact).first->second;
    if (first.document == fact.document) return false;
    away[first.section].push_back(fact);
    return true;
  });
  return away;
}

void KeepFirstOfDocuments(const std::vector<backend::Fact>& facts, std::vector<Ranked>& ranked) {
  std::unordered_set<std::int64_t> seen;
  std::erase_if(ranked,
                [&](const Ranked& r) { return !seen.insert(facts[r.index].document).second; });
}

}  // namespace sakuin::results

#pragma once

// Of a group of near-duplicate documents, only the one that stands best is shown.

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "query/backend/search_backend.h"
#include "query/results/ranking.h"

namespace sakuin::results {

// What was taken out of an answer, in its order: by the section that is the best hit of its group.
using FoldedAway = std::unordered_map<backend::SectionKey, std::vector<backend::Fact>>;

// Takes the hits of every group's other documents out of `ranked`: those of the document whose hit
// comes first stay, all of them. Pure.
FoldedAway FoldCopies(const std::vector<backend::Fact>& facts, std::vector<Ranked>& ranked);

// The best section of every document: takes out the others.
void KeepFirstOfDocuments(const std::vector<backend::Fact>& facts, std::vector<Ranked>& ranked);

}  // namespace sakuin::results

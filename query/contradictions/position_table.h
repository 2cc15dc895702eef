#pragma once

// For each action who recommends it and who advises against it, when and how.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/model/duplicates.h"
#include "indexer/store/advice.h"

namespace sakuin::contradictions {

// Advice that says the same of an action: for or against it, with the same limits, phase, people,
// window and amounts. Strengths, conditions and whose words they are may differ.
struct TablePosition {
  std::vector<std::size_t> advice;         // places in the given list, ascending; never empty
  std::size_t articles = 0;                // near-duplicates count once
  std::vector<std::string> conditions;     // of any of them, ascending
  std::vector<model::Strength> strengths;  // ascending
};

struct TableAction {
  std::string action;
  std::size_t articles_for = 0;
  std::size_t articles_against = 0;
  std::vector<TablePosition> positions;  // those for it first, then by articles, then as they stand
};

// The actions of most articles first, then by id. Pure; O(n log n).
std::vector<TableAction> PositionTable(const std::vector<store::AdviceRecord>& records,
                                       const model::Representatives& representatives);

}  // namespace sakuin::contradictions

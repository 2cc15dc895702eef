#pragma once

// Conditions by actions, with the number of findings of each: a picture and a table of equal
// numbers.

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/web/contradictions/asked.h"

namespace sakuin::web {

// How many findings are about each condition and action.
struct Matrix {
  std::vector<std::string> conditions;  // ids, the most findings first; "" is no condition
  std::vector<std::string> actions;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> cells;  // by places; none is 0
  std::vector<std::size_t> of_condition;
  std::vector<std::size_t> of_action;
  std::size_t total = 0;
};

Matrix CountMatrix(const std::vector<contradictions::SelectedFinding>& findings);

// The most frequent of both as themselves, all that is rarer as "others" at the end.
Matrix Largest(const Matrix& matrix, std::size_t conditions, std::size_t actions);
inline constexpr const char* kOthers = "others";

// Empty where there is nothing to compare: less than two conditions and two actions.
Html MatrixPart(const View& view, const Asked& asked, const Matrix& matrix);

}  // namespace sakuin::web

#pragma once

// What a person writes behind --condition, aspect: and their like -> values as the index has them.

#include <string>
#include <vector>

#include "query/plan/plan.h"
#include "query/plan/planner.h"

namespace sakuin::plan {

struct ResolvedFilter {
  Filter filter;  // a condition with everything narrower, all levels
  // A sentence for each value that is none: it finds nothing. The nearest values stand in it.
  std::vector<std::string> unknown;
  // What a person should know of values that do find: an ambiguous name stands for all its bearers.
  std::vector<std::string> remarks;
};

// Conditions by id or by any label in any language; aspects by their ten names or by the names in
// corpus/language/<lang>/aspect_names.tsv. Other fields' values stay as they are.
ResolvedFilter ResolveFilter(FilterField field, const std::vector<std::string>& values,
                             const PlanContext& context);

}  // namespace sakuin::plan

#pragma once

// The reading of a query in which words may be missing.

#include <vector>

#include "indexer/base/result.h"
#include "query/plan/plan.h"
#include "query/plan/planner.h"
#include "query/plan/term_planner.h"
#include "query/syntax/ast.h"

namespace sakuin::plan {

// Every word on its own, any of which may be missing; what was quoted, excluded or filtered stays.
// Beside the words, what only ranks: pairs of characters and single characters of unspaced scripts.
Result<Plan> MakeRelaxedPlan(const syntax::Ast& ast, TermPlanner& terms, const PlanContext& context,
                             const PlanOptions& options, std::vector<syntax::Note>& notes);

}  // namespace sakuin::plan

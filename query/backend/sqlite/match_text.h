#pragma once

// The one place where an FTS5 MATCH expression is written (law 8): every phrase is quoted, nothing
// that was typed is ever syntax.

#include <string>
#include <vector>

#include "query/plan/plan.h"

namespace sakuin::backend {

// Which index decides an alternative, and whether the stored text must be looked at besides.
enum class Route : unsigned char { kGrams, kWords, kGramsThenText, kWordsThenText };
Route RouteOf(const plan::Alternative& alternative);

// The alternatives of one route as phrases joined by OR; phrase i is alternative i. Empty where
// there is none. `scope` other than kAnywhere restricts to the heading column.
std::string MatchText(const std::vector<const plan::Alternative*>& alternatives, Route route,
                      plan::Scope scope);

}  // namespace sakuin::backend

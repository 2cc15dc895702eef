#pragma once

// What the list can be narrowed by, each with the number of findings that it would leave.

#include "query/web/contradictions/asked.h"

namespace sakuin::web {

// Links that set one filter and keep the others.
Html FacetsPart(const View& view, const service::Findings& findings, const Asked& asked);

// The filters in use, each a link that takes it off; empty without any.
Html ActiveFilters(const View& view, const Asked& asked);

}  // namespace sakuin::web

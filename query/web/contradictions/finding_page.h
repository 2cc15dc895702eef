#pragma once

#include <string>

#include "query/web/contradictions/decision.h"

namespace sakuin::web {

// The page of a finding or a pair; 404 where it is gone. `draft`: a verdict that could not be taken
// (422).
server::Response FindingPage(const View& view, const std::string& id, const Asked& asked,
                             const Draft& draft);

}  // namespace sakuin::web

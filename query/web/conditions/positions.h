#pragma once

// For each action who recommends it and who advises against it, when and how, in whose words.

#include <string>
#include <vector>

#include "query/web/view.h"

namespace sakuin::web {

// Of a condition and all that is narrower.
Result<Html> PositionsPart(const View& view, const service::Findings& findings,
                           const std::string& condition);

}  // namespace sakuin::web

#pragma once

#include <string>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::service {

// The one id that is `typed` or begins with it, of at least four characters. kNotFound names ids
// that are a mistake or two away; kUsage where several begin so. `what` is for the message.
Result<std::string> ChooseId(const std::vector<std::string>& ids, const std::string& typed,
                             const std::string& what);

}  // namespace sakuin::service

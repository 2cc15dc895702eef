#pragma once

// The JSON API under /api/v1/, the same objects as the command line's, and what machines ask for
// beside it: /healthz, /metrics, feeds. docs/api.md.

#include <string>

#include "query/server/site.h"

namespace sakuin::api {

// `version`: of the program. `site` must outlive all requests.
void AddRoutes(server::Site& site, const std::string& version);

}  // namespace sakuin::api

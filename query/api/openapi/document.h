#pragma once

// The description of the API for programs: OpenAPI 3.1.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "query/server/router.h"

namespace sakuin::api {

// Of these routes, with the schemas of schemas.json that they name. `needs_token`: every request
// has to have one.
nlohmann::ordered_json OpenApiDocument(const std::vector<server::Route>& routes,
                                       const std::string& version, bool needs_token);

}  // namespace sakuin::api

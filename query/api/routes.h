#pragma once

// The JSON API under /api/v1/: the same objects as the command line's.

#include "query/server/site.h"

namespace sakuin::api {

void AddRoutes(server::Site& site);

}  // namespace sakuin::api

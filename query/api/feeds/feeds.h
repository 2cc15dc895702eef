#pragma once

// What other programs follow and ask: Atom feeds, and the description of the search for browsers.

#include "query/api/answers/endpoint.h"

namespace sakuin::api {

void AddFeeds(Endpoints& endpoints);

}  // namespace sakuin::api

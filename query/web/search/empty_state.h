#pragma once

// What to do where nothing was found.

#include "query/results/hit.h"
#include "query/web/search/search_links.h"
#include "query/web/view.h"

namespace sakuin::web {

// Each way out with the number of hits that it would give; those that give none are not offered.
Html WaysOut(const View& view, const SearchLinks& links, const results::SearchRequest& asked);

}  // namespace sakuin::web

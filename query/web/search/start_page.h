#pragma once

// The page before anything was asked: what the knowledge base holds, and ways into it.

#include "query/web/search/holdings.h"
#include "query/web/view.h"

namespace sakuin::web {

Html StartPage(const View& view, const Holdings& holdings);

}  // namespace sakuin::web

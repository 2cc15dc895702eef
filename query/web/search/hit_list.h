#pragma once

// The hits of a search, each with where it stands and why it was found.

#include "query/results/hit.h"
#include "query/web/search/search_links.h"
#include "query/web/view.h"

namespace sakuin::web {

Html HitList(const View& view, const SearchLinks& links, const results::SearchResult& result);

// Where a hit is read: its section, with the words of the query marked.
std::string HitAddress(const results::Hit& hit, const std::string& query);

}  // namespace sakuin::web

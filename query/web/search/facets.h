#pragma once

// What the hits can be narrowed by, with counts, and what they are narrowed by already.

#include "query/results/hit.h"
#include "query/web/search/search_links.h"
#include "query/web/view.h"

namespace sakuin::web {

// Links that take a value in, or out; every group is a list under its heading.
Html Facets(const View& view, const SearchLinks& links, const results::SearchResult& result);

// A pill for each active filter, with a link that takes it off; nothing without one.
Html ActiveFilters(const View& view, const SearchLinks& links);

// "Without: Knee pain", "Japanese": a filter's value as the page names it. An excluded value begins
// with a "-".
Html FilterLabel(const View& view, std::string_view name, const std::string& value);

}  // namespace sakuin::web

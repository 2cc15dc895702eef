#pragma once

#include <cstddef>
#include <string>

#include "indexer/base/result.h"
#include "query/results/hit.h"
#include "query/server/message.h"
#include "query/service/library.h"

namespace sakuin::api {

// How a search is asked for in an address; the page and the API read the same names: q, language,
// condition, aspect, site (each may be repeated; with a "-" in front: without it), published, by,
// sort, limit, after, expand=0, exact=1, duplicates=1, explain=1, facets=0. kUsage for what is no
// number or no name of these.
Result<results::SearchRequest> ReadSearchRequest(const server::Parameters& query,
                                                 const std::string& ui_language);

// kNotFound for a condition or an aspect that is none; the message says what is near.
Status CheckFilters(const results::SearchRequest& request, service::Desk& desk);

// "1", "true" and "on" say yes; `fallback` where it is not given or empty, as forms send it.
bool IsOn(const server::Parameters& query, std::string_view name, bool fallback);

// A number of a parameter, `fallback` where it is not given or empty; kUsage names what it may be.
Result<std::size_t> ReadNumber(const server::Parameters& query, std::string_view name,
                               std::size_t fallback, std::size_t least, std::size_t most);

}  // namespace sakuin::api

#pragma once

#include <string>

#include "query/results/hit.h"

namespace sakuin::results {

// A row a hit, with a first row of names: docs/cli.md.
std::string ToCsv(const SearchResult& result);

}  // namespace sakuin::results

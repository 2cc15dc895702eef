#pragma once

#include <cstddef>
#include <vector>

namespace sakuin::thesaurus {

// The nodes that a graph leads back to from themselves, in ascending order. `edges[i]`: where i
// leads. Linear in nodes and edges (Tarjan 1972), whatever the depth.
std::vector<std::size_t> InCycles(const std::vector<std::vector<std::size_t>>& edges);

}  // namespace sakuin::thesaurus

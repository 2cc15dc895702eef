#pragma once

// The entities of a DOCTYPE, as exporters of ontologies write them to shorten addresses.

#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::thesaurus {

// The bytes with every entity that their DOCTYPE declares put in its place; no line moves. Only
// what cannot do harm is expanded: internal general entities without '&', '<', '%' or a line
// break, of at most 256 bytes, at most 64 of them, and no more than 8 MB of them in all. Nothing is
// ever fetched. kBadData with "path:line" for external and parameter entities, for anything beyond
// these limits and for an entity that is declared nowhere. O(bytes + expansion).
Result<std::string> ExpandEntities(const std::string& path, std::string_view bytes);

}  // namespace sakuin::thesaurus

#pragma once

// The entities of a DOCTYPE, as exporters of ontologies write them to shorten addresses.

#include <cstddef>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::thesaurus {

// The bytes with every entity that their DOCTYPE declares put in its place; no line moves. Only
// what cannot do harm is expanded: internal general entities without '&', '<', '%' or a line
// break, of at most 256 bytes, at most 64 of them, and no more than 8 MB of them in all. Nothing is
// ever fetched. kBadData with "path:line" for external and parameter entities, for anything beyond
// these limits, for an entity that is declared nowhere and for the number of a character that XML
// does not allow. O(bytes + expansion).
Result<std::string> ExpandEntities(const std::string& path, std::string_view bytes);

// The byte offset of the first character that XML 1.0 cannot hold (most control characters,
// U+FFFE, U+FFFF), or npos. `text` is UTF-8.
std::size_t FindUnwritable(std::string_view text);

}  // namespace sakuin::thesaurus

#pragma once

// Concepts from a spreadsheet.

#include <string>
#include <string_view>

#include "indexer/base/result.h"
#include "indexer/thesaurus/skos_reader.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// A table in UTF-8 whose first row names the columns, in any order: "id" (required), "scheme",
// "broader", "related" (ids), "note", and for every language (zh-Hans, zh-Hant, ja, en) "ja" and
// "ja hidden": labels, of which the first in "ja" is the preferred one. Several values of a field
// are separated by semicolons. Fields that hold a separator, a quotation mark or a line break stand
// in quotation marks, which are doubled inside (RFC 4180). kBadData with path:line for an unknown
// column, a row without id or labels, an id that is none, a quotation mark that does not end, bytes
// that are not UTF-8, no row at all. O(bytes).
Result<SkosFile> ReadConceptTable(const std::string& path, std::string_view bytes, char separator);

// A table or SKOS, by the ending of the name.
Result<SkosFile> ReadConcepts(const ThesaurusSource& source);

}  // namespace sakuin::thesaurus

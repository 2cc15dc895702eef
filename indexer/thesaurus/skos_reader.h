#pragma once

// One SKOS file (RDF/XML) -> concepts. The subset is described in docs/formats/thesaurus.md.

#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"

namespace sakuin::thesaurus {

// Concepts with, for messages, the line each begins on. References are addresses still.
struct SkosFile {
  std::string path;
  std::vector<model::Concept> concepts;
  std::vector<std::size_t> lines;  // one a concept
};

// Accepts typed nodes (skos:Concept) and rdf:Description with rdf:type, whatever prefixes are
// bound to the two namespaces; rdf:resource and nested nodes as references. kBadData with
// file:line for XML that is not well formed, no rdf:RDF, a concept without address.
Result<SkosFile> ReadSkos(const std::string& path, std::string_view bytes);

// The last part of an address: behind the last '/', '#' or ':'.
std::string LastPart(std::string_view address);

}  // namespace sakuin::thesaurus

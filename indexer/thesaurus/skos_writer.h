#pragma once

// Concepts -> one SKOS file (RDF/XML): what `thesaurus export` prints.

#include <string>

#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// UTF-8; all concepts in the thesaurus's order, their schemes first. ReadSkos() of it gives the
// same concepts. Pure.
std::string WriteSkos(const Thesaurus& thesaurus);

}  // namespace sakuin::thesaurus

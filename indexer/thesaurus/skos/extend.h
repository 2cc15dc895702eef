#pragma once

#include <string>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/skos_reader.h"

namespace sakuin::thesaurus {

// What a user's file says of a concept that is known is added to it: labels that it does not have,
// references, matches, notes. A preferred label of a language that has one becomes an alternative
// one; gives a sentence with its place for each of these.
std::vector<std::string> ExtendConcept(model::Concept& to, SkosConcept& from, const SkosFile& file);

}  // namespace sakuin::thesaurus

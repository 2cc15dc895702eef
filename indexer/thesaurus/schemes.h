#pragma once

// What the scheme of a concept says of it. The schemes are listed in docs/formats/thesaurus.md.

#include "indexer/model/concept.h"

namespace sakuin::thesaurus {

inline bool IsSymptom(const model::Concept& found) { return found.scheme == "symptoms"; }

// Does it become a tag? Those of conditions and symptoms, and those without a scheme.
inline bool IsTaggable(const model::Concept& found) {
  return found.scheme == "conditions" || IsSymptom(found) || found.scheme.empty();
}

// What is done, and with what.
inline bool IsAction(const model::Concept& found) {
  return found.scheme == "interventions" || found.scheme == "agents";
}

// Words that hold a name by chance: they mean nothing, and stand in its way.
inline bool IsLookAlike(const model::Concept& found) { return found.scheme == "other-words"; }

}  // namespace sakuin::thesaurus

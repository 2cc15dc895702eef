#pragma once

// Which concepts a person means by an id or by a name.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/concept.h"
#include "query/plan/planner.h"

namespace sakuin::plan {

using ConceptList = std::vector<const model::Concept*>;  // owned by the thesaurus

// Are sections tagged with it? Those of the schemes conditions and symptoms, and those without.
bool TagsSections(const model::Concept& found);

// The concepts that bear a label which is exactly this folded text, in any letter case and with or
// without the joints that the matcher evens out; several only where the label is ambiguous.
ConceptList ConceptsNamed(std::u32string_view folded, const PlanContext& context);

// By id, in any letter case; else by name.
ConceptList FindConcepts(const std::string& typed, const PlanContext& context);

// Of the bearers of an ambiguous label, the one that is narrower, broader (at any level) or related
// to one of `others`; nullptr where none is or several are.
const model::Concept* Decide(const ConceptList& bearers, const ConceptList& others,
                             const thesaurus::Thesaurus& thesaurus);

// What somebody may have meant: the concepts that tag sections whose id or label is as near as a
// mistake or two (spelling/edits.h), or holds what was typed as a good part of it; the best first.
// Looks at every label: for messages only.
ConceptList NearestConcepts(const std::string& typed, const PlanContext& context,
                            std::size_t most = 3);

// The preferred label in this language, else in the other script of Chinese, else in English, else
// the first label.
const std::string& LabelIn(const model::Concept& found, std::string_view language);

// "baker-cyst (Baker's cyst), knee-pain (knee pain)", for messages.
std::string ListConcepts(const ConceptList& concepts, std::string_view language = "en");

}  // namespace sakuin::plan

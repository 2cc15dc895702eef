#pragma once

// What is known of a concept by its thesaurus: names, meaning, neighbours.

#include <string>

#include "query/results/condition_tree.h"
#include "query/web/view.h"

namespace sakuin::web {

std::string ConditionAddress(const std::string& id);

// Its names in all languages, the preferred ones first.
Html NamesPart(const View& view, const model::Concept& found);

// Definition or scope note, in the page's language where there is one; else in all that there are.
Html MeaningPart(const View& view, const model::Concept& found);

// Every way up to it, what is right below it, and what is related.
Html PlacePart(const View& view, const results::ConditionTree& tree, const model::Concept& found);

}  // namespace sakuin::web

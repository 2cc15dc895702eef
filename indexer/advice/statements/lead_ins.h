#pragma once

// What headings and lead-ins say of the lines below them.

#include <vector>

#include "indexer/advice/measuring/times.h"
#include "indexer/advice/named_things.h"
#include "indexer/advice/scope.h"
#include "indexer/advice/statements/surroundings.h"

namespace sakuin::advice {

// What a heading says by its cues alone. `names_action`: then a wrong belief is its own statement.
HeadingStance StanceOfHeading(const std::vector<FoundCue>& cues, bool names_action);

// Fills what the last sentence of the lead-in's line says.
void ReadLeadIn(const SentenceInput& sentence, const NamedThings& things,
                const std::vector<TimeExpression>& times, LeadIn& out);

}  // namespace sakuin::advice

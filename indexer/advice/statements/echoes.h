#pragma once

// "Take it for two weeks at most": words that stand for an action named before.

#include <string>
#include <vector>

#include "indexer/advice/clauses.h"
#include "indexer/advice/scope.h"

namespace sakuin::advice {

// Gives each mention that stands for another one its action: the last one named in its sentence or
// one of the two before that the row allows; or `topic`, what the heading names, "" for nothing. It
// is left out where there is none, and where its clause names an action of its own; in Japanese,
// whose predicate stands last, where its sentence names that action itself.
// O(mentions * those of three sentences).
void ResolveEchoes(const std::vector<Sentence>& sentences, const std::string& topic, bool japanese,
                   std::vector<ActionMention>& actions);

}  // namespace sakuin::advice

#pragma once

// What belongs together in a sentence: actions that are joined, and chains of Japanese predicates.
// "Wash it, and don't rub" says to wash it: only the last predicate has an ending that tells the
// mood, those before it (te-form or bare stem, and a comma) share that something is to be done, and
// not that it is not.

#include <cstddef>

#include "indexer/advice/scope.h"

namespace sakuin::advice {

// The chain that begins right behind the action and ends in an instruction about something else, a
// `terminator` of side `left`; nullptr: there is none. Pure; O(cues of the sentence).
const FoundCue* ChainOf(const SentenceInput& sentence, std::size_t at);

// Only joining words and actions stand between the characters, which are those between two actions.
bool OnlyJoins(const SentenceInput& sentence, std::size_t begin, std::size_t end);

// Do only joining words and other actions stand between two of the sentence's actions?
bool AreJoined(const SentenceInput& sentence, std::size_t first, std::size_t second);

}  // namespace sakuin::advice

#pragma once

// What belongs together in a Japanese sentence: topics, conditions and chains of predicates.
// "Wash it, and don't rub" says to wash it: only the last predicate has an ending that tells the
// mood, those before it (te-form or bare stem, and a comma) share that something is to be done, and
// not that it is not.

#include <cstddef>

#include "indexer/advice/scope.h"

namespace sakuin::advice {

// The action is the sentence's topic ("X wa"), and the mark of it ends before the character.
bool IsTopicUntil(const SentenceInput& sentence, std::size_t at, std::size_t end);

// It is the topic, alone or joined to others, and reaches the character: no other action stands
// between that no condition holds.
bool IsTopicReaching(const SentenceInput& sentence, std::size_t at, std::size_t end);

// A topic ends the action's clause and another action stands before the cue, which speaks of that
// alone: the topic is no action ("on days with pollen, wear a mask"), or the other one has the cue
// at once ("about the journey, ask a doctor").
bool IsAside(const SentenceInput& sentence, std::size_t at, const FoundCue& cue);

// "As for a shower, you may": one word makes topics and conditions.
bool IsTopicAndCondition(const SentenceInput& sentence, std::size_t at, const FoundCue& cue);

// "If you do it, it heals sooner": the condition is how an effect begins.
bool IsPartOfStance(const SentenceInput& sentence, const FoundCue& cue);

// It says of an action that it is not to be done, or only with a limit.
bool Bans(CueKind kind);

// "To leave it out is best": the cue stands right behind a ban of the action, and speaks of that.
bool FollowsBan(const SentenceInput& sentence, std::size_t at, const FoundCue& cue);

// "When it hurts no more, take it off": what is told for then is the end of it.
bool IsBannedBehind(const SentenceInput& sentence, const FoundCue& gate);

// The chain that begins right behind the action and ends in an instruction about something else, a
// `terminator` of side `left`; nullptr: there is none. Pure; O(cues of the sentence).
const FoundCue* ChainOf(const SentenceInput& sentence, std::size_t at);

// The actions between this one and the character are joined to it, or there are none.
bool IsJoinedUntil(const SentenceInput& sentence, std::size_t at, std::size_t end);

}  // namespace sakuin::advice

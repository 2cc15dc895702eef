#pragma once

// Where the cues of a sentence stand, seen from one of its actions.

#include <cstddef>

#include "indexer/advice/scope.h"

namespace sakuin::advice {

bool IsImplied(CueKind kind);   // benefit, harm, step: no words say "do" or "don't"
bool IsPositive(CueKind kind);  // runs over commas to further actions

// Refers to the sentence. Every question is O(cues and actions of the sentence).
class ActionView {
 public:
  ActionView(const SentenceInput& sentence, std::size_t at)
      : sentence_(sentence), at_(at), action_(sentence.actions[at].at) {}

  std::size_t ClauseOf(std::size_t place) const { return sentence_.sentence->ClauseAt(place); }
  std::size_t OwnClause() const { return ClauseOf(action_.begin); }
  bool SameClause(const FoundCue& cue) const { return ClauseOf(cue.at.begin) == OwnClause(); }

  // Is the action left or right of the cue? Names and cues may share characters: a label holds its
  // verb, a cue its ending.
  bool IsLeftOf(const FoundCue& cue) const;
  bool IsRightOf(const FoundCue& cue) const;
  std::size_t Distance(const FoundCue& cue) const;
  bool SideFits(const FoundCue& cue) const;
  // Little stands between the two, or only actions joined to this one: "on tiptoe or [running, it
  // hurts]".
  bool Touches(const FoundCue& cue) const;

  // Within the characters: an action; a counting cue of a stance, or a terminator; a terminator.
  bool HasAction(std::size_t begin, std::size_t end) const;
  bool HasBarrier(std::size_t begin, std::size_t end, const FoundCue& but) const;
  bool HasTerminator(std::size_t begin, std::size_t end) const;

  // Japanese: the sentence's topic reaches its last predicate, over conditions and reasons; a chain
  // of predicates ("press it, and ...") carries positive cues alone.
  bool MayCross(const FoundCue& between, const FoundCue& cue) const;
  // The action is the topic ("X wa"), and no other stands between it and the cue.
  bool IsTopicOf(const FoundCue& cue) const;
  // A rejection ("that ... is wrong") counts from the character on.
  bool IsRejectedBehind(std::size_t begin) const;
  // It stands in an earlier clause, and the cue speaks of another action; see IsAside().
  bool IsAsideOf(const FoundCue& cue) const;
  // "Only [if you have sweated from it] drink": a condition ends within the characters.
  bool IsInCondition(std::size_t begin, std::size_t end) const;
  // A terminator that the cue may not cross stands within the characters.
  bool IsCutOff(std::size_t begin, std::size_t end, const FoundCue& cue) const;
  // "If it hurts while you walk, stop": the time of the sign is what is stopped.
  bool IsStopped(const FoundCue& time) const;
  // "if you don't run, ...": the denial is part of the condition.
  bool DeniesAtOnce(const FoundCue& cue) const;
  bool HasCueAround() const;
  // Does a cue of the action's own clause say to do it, or not to?
  bool IsOrdered() const;
  // The same, and its cue begins behind `place` and before the action ends: "when it cramps and
  // [pull the toes]".
  bool IsOrderedBehind(std::size_t place) const;
  // "Avoid heat, alcohol and massage": one list from the cue on, over its commas.
  bool IsListedFrom(const FoundCue& cue) const;
  // A name that is advice by itself speaks of another action only as of the next of its list.
  bool GoesOnFrom(const FoundCue& cue) const;
  // A cue that a name begins with: only what is listed behind the name.
  bool IsListedBehind(const Range& name) const;

 protected:
  const SentenceInput& sentence_;
  std::size_t at_;
  Range action_;
};

}  // namespace sakuin::advice

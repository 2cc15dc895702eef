#pragma once

// Which cue governs an action that a sentence names: scopes, terminators and their order, of the
// NegEx/ConText family. docs/formats/advice-cues.md, "Scope", states the rules.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/advice/clauses.h"
#include "indexer/advice/cue_finder.h"

namespace sakuin::advice {

// An action as a sentence names it.
struct ActionMention {
  std::string id;
  Range at;
  bool opposite = false;  // the words name what the action keeps off: "a chill" for keeping warm
  // "Take it": no action yet, but the last one named before of these. Of a row, that outlives it.
  const std::set<std::string>* stands_for = nullptr;
};

// A sentence with all that was found in it. Refers to what it was made of.
struct SentenceInput {
  std::u32string_view text;  // the whole folded text
  const Sentence* sentence = nullptr;
  bool japanese = false;
  std::vector<FoundCue> cues;
  std::vector<ActionMention> actions;  // in order, apart
};

// What is said of one action.
struct Governed {
  const FoundCue* cue = nullptr;      // what tells the stance; nullptr: no cue does
  bool crossed = false;               // it stands in another clause
  const FoundCue* turned = nullptr;   // a wrong belief: the stance is the opposite one
  const FoundCue* when = nullptr;     // a condition stands in the sentence
  const FoundCue* voice = nullptr;    // hearsay: a hedge or a report
  const FoundCue* limit = nullptr;    // moderate, supervised
  const FoundCue* force = nullptr;    // boost, soften
  const FoundCue* whom = nullptr;     // for some people only
  const FoundCue* within = nullptr;   // as far as a limit goes
  bool by_name = false;               // the name itself begins with the cue: "more greens"
  bool left_of_cue = false;           // of a swap or a gate: which of the two sides
  const char* none = nullptr;         // why it is no statement; nullptr: it may be one
  const FoundCue* none_by = nullptr;  // the cue that says so
};

// Pure; O(cues of the sentence). `at`: place in sentence.actions.
Governed Govern(const SentenceInput& sentence, std::size_t at);

}  // namespace sakuin::advice

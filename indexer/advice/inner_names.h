#pragma once

// A name may hold a cue of its own: "plenty of water" is drunk, "do not rub" is a way to name
// rubbing. Left whole it would hide the cue, and the advice with it.

#include <string_view>

#include "indexer/advice/cue_table.h"
#include "indexer/advice/named_things.h"
#include "indexer/advice/statements/action_traits.h"

namespace sakuin::advice {

// Where a word of the same action stands within a name and apart from a stance cue in it, the
// action stands at that word from now on. `words` are the rows of advice_actions.tsv.
void FreeCues(std::u32string_view text, const CueTable& cues, const CueTable& words,
              NamedThings& things);

// A general word right behind another action only says of what kind that is: it is left out.
void DropRest(const ActionTraits& traits, NamedThings& things);

// A name that is no more than a cue ("eat less") in front of another action is that action's cue,
// and no name. Chinese alone.
void FreeLists(std::u32string_view text, const CueTable& cues, NamedThings& things);

}  // namespace sakuin::advice

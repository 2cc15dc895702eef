#pragma once

// A name may hold a cue of its own: "plenty of water" is drunk, "do not rub" is a way to name
// rubbing. Left whole it would hide the cue, and the advice with it.

#include <string_view>

#include "indexer/advice/cue_table.h"
#include "indexer/advice/named_things.h"

namespace sakuin::advice {

// Where a word of the same action stands within a name and apart from a stance cue in it, the
// action stands at that word from now on. `words` are the rows of advice_actions.tsv.
void FreeCues(std::u32string_view text, const CueTable& cues, const CueTable& words,
              NamedThings& things);

}  // namespace sakuin::advice

#pragma once

// Which cues of a table stand in a sentence.

#include <string_view>
#include <vector>

#include "indexer/advice/clauses.h"
#include "indexer/advice/cue_table.h"

namespace sakuin::advice {

struct FoundCue {
  const CueRow* row = nullptr;  // owned by the table
  Range at;
  Range gap;           // the pattern's first gap; empty where it has none
  bool counts = true;  // false: it stands inside a longer one, or its neighbours forbid it
  Range name;          // the action's name that begins with it; else empty
};

// In order of their places. Of competing cues that overlap the longest counts, then the first of
// the file. `names`: ranges of the text inside which no cue may lie wholly, but a denial or limit
// with which one begins ("eat less fat, spice and coffee") speaks of what is listed behind it.
// O(text * cues there).
std::vector<FoundCue> FindCues(const CueTable& table, std::u32string_view text, const Range& range,
                               const std::vector<Range>& names);

}  // namespace sakuin::advice

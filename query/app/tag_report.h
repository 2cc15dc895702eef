#pragma once

// The printed form of why a section has its tags: `explain --tags`.

#include <string>
#include <vector>

#include "indexer/model/section.h"
#include "indexer/thesaurus/tagger.h"

namespace sakuin::app {

// One block a concept: its share, the parts and factors of its score, and each place that speaks
// of it with its bytes, label and cue; then the aspects, with the cues that speak for each. Safe
// for a terminal. Ends in a newline; empty without reasons.
std::string TagReport(const model::Section& section, const thesaurus::SectionReasons& reasons);

}  // namespace sakuin::app

#pragma once

// The printed form of why a text gives the advice that it gives: `explain --advice`.

#include <string>
#include <vector>

#include "indexer/advice/extractor.h"
#include "indexer/model/document.h"

namespace sakuin::app {

// One block a sentence: its cues with their ids, its actions with what governs each and why it is
// advice or none, and the statements made of it. Safe for a terminal. `section` -1: all of them.
std::string AdviceReport(const model::Document& document,
                         const std::vector<advice::SentenceReason>& reasons, int section);

}  // namespace sakuin::app

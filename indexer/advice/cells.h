#pragma once

// Cells that the tables of this folder share.

#include <string>
#include <vector>

#include "indexer/text/folding.h"

namespace sakuin::advice {

// "a|b" as folded words; "-" is none.
std::vector<std::u32string> FoldedWords(const std::string& cell, const text::Folding& folding);

}  // namespace sakuin::advice

#pragma once

// Tables of contents inside an article. For .cpp files of ingest only.

#include <vector>

#include "indexer/ingest/block.h"
#include "indexer/ingest/plain/plain_text.h"

namespace sakuin::ingest {

// Takes out a run of short lines of which most come again further down as headings or as lines of
// their own, with the line above that announces it. `note` is told of each. Pure.
void DropContents(const PlainTextRules& rules, std::vector<Block>& blocks, const BlockNote& note);

}  // namespace sakuin::ingest

#pragma once

// The page's own lines at the beginning and the end of an article. For .cpp files of ingest only.

#include <vector>

#include "indexer/ingest/block.h"
#include "indexer/ingest/plain/plain_text.h"

namespace sakuin::ingest {

// Takes out: the title where it is a plain line, with what stands above it; short lines of date,
// author and site below it (they fill in what `article` does not know yet); a line in between that
// names another article; rows of ornaments; links with the heading above them, contacts, promotion
// and small print from the last line upwards. A page of fewer than four lines is left alone. `note`
// is told of each.
void TrimEdges(const PlainTextRules& rules, Article& article, std::vector<Block>& blocks,
               const BlockNote& note);

}  // namespace sakuin::ingest

#pragma once

// Headings that a page only sets as such. For .cpp files of ingest only.

#include <vector>

#include "indexer/ingest/block.h"
#include "indexer/ingest/plain/plain_text.h"

namespace sakuin::ingest {

// Makes headings of short lines that are bold, larger than the text, marked, bracketed or numbered:
// at least two of one style, with text of their own below. A sentence is never one. Marks and
// numbers are taken off; a number that stands alone above a heading goes. They stand below the
// page's real headings, in the order in which their styles come. Questions ("Q.") with an answer
// below are such a style; the mark of the answer goes. `note` is told of what goes. Pure.
void FindStyledHeadings(const PlainTextRules& rules, std::vector<Block>& blocks,
                        const BlockNote& note);

}  // namespace sakuin::ingest

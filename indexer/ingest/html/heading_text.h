#pragma once

// The words of a heading, without the marks and numbers around them. For .cpp files of ingest only.

#include <cstddef>
#include <string_view>

#include "indexer/ingest/block.h"
#include "indexer/ingest/html/profile.h"
#include "indexer/ingest/plain/plain_text.h"

namespace sakuin::ingest {

// Takes bytes off the beginning or the end of a block's text; its map goes with it. `count` is at
// a character's boundary and below the text's size.
void CutFront(Block& block, std::size_t count);
void CutBack(Block& block, std::size_t count);

// Takes the profile's marks and a number ("01 ", "1. ", a numeral before an ideographic comma) off
// the front of a heading, and brackets that are around all of it. What would take all of it is
// left.
void TrimHeading(const Profile& profile, Block& block);

// What a heading shares with its entry in a table of contents: no bullet, mark, number or brackets.
std::string_view HeadingWords(const PlainTextRules& rules, std::string_view line);

}  // namespace sakuin::ingest

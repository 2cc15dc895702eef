#pragma once

// Aligns the text that an HTML parser made with the page's bytes.

#include <cstddef>
#include <string_view>

#include "indexer/ingest/text_builder.h"

namespace sakuin::ingest {

// Copies `value`, which the parser made of `raw` (which stands at `at` of the page), to `to`: plain
// text as it is, every entity as one piece with its own bytes. Tags the parser passed over, control
// characters (it makes U+FFFD of them) and carriage returns of `raw` are skipped. Text whose bytes
// cannot be found keeps its words and has no source. Pure but for `to`.
void CopyAligned(std::string_view value, std::string_view raw, std::size_t at, TextBuilder& to);

}  // namespace sakuin::ingest

#pragma once

// Decides what every line of a dump is. For plain_text*.cpp only.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/ingest/plain_text.h"
#include "indexer/ingest/plain_text_lines.h"

namespace sakuin::ingest {

struct DumpStructure {
  std::vector<DumpLine> lines;  // with role, level, skip and trim filled in
  std::size_t title = 0;        // index of the title's line; lines.size() where there is none
  std::string published;
};

// In this order: title and the lines of metadata around it; the furniture at the end; dropped
// lines; tables of contents; questions with speakers; headings; list items. Pure.
DumpStructure FindStructure(const PlainTextRules& rules, std::string_view text,
                            std::string_view known_title);

}  // namespace sakuin::ingest

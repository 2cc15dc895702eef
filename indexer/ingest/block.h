#pragma once

// What every reader (HTML, Toutiao, plain text) makes of an article before it is cut into sections.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "indexer/model/document.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

enum class BlockKind : std::uint8_t { kHeading, kParagraph, kItem };

// How a page sets a line; of dumps nothing is known.
struct Look {
  bool bold = false;    // all of it
  int font_size = 0;    // pixels of its smallest letters; 0: the page does not say
  bool linked = false;  // all of it
  bool boxed = false;   // a row, a caption, an item, a quotation: no line of the article's own
};

// One line of clean text. `text` has no newline, no marker (no bullet, no "01", no "##") except in
// the numbers that a list needs to be understood, no blank at its ends and no control character.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  int level = 0;                         // of a heading: 2 for the highest below the title
  std::string text;                      // UTF-8
  model::SourceMap map;                  // text -> source bytes
  model::SourceRange source;             // the whole block in the source, with markers and markup
  std::vector<model::Reading> readings;  // ascending, without overlap
  Look look;
  std::vector<model::Speaker> speakers;  // who speaks from this block on
};

// Is told of a block that is left out, and why.
using BlockNote = std::function<void(const Block& block, const char* reason)>;

// Takes out the blocks that have a reason (of `reasons`, one a block, nullptr: kept) and says so.
void LeaveOut(const std::vector<const char*>& reasons, const BlockNote& note,
              std::vector<Block>& blocks);

// What stands around the article's text.
struct Article {
  std::string title;
  model::SourceMap title_map;
  std::string language;  // as declared (lang=""), or empty
  std::string site;
  std::string author;
  std::string published;  // ISO 8601
  std::string profile;
  std::vector<Block> blocks;
  std::vector<std::string> notes;
  std::vector<model::TraceStep> dropped;                // only where a trace was asked for
  std::map<std::string, std::uint32_t> dropped_counts;  // by reason
};

// Cuts blocks into sections: a heading opens one; its parent is the nearest earlier heading of a
// higher level (a smaller number), else section 0. Section 0 holds what stands before the first
// heading; its heading is the title. `source_size` bounds the last section. Levels that jump
// (2 then 4) are kept. An answer is truncated where its last line is a paragraph without an end.
// Blocks with empty text are passed over. Pure.
std::vector<model::Section> CutSections(const Article& article, std::uint64_t source_size);

}  // namespace sakuin::ingest

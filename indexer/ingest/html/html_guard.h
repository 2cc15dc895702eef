#pragma once

// Keeps hostile HTML away from the parser, in one linear pass.

#include <cstddef>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

// Blink and WebKit stop nesting at 512 as well.
inline constexpr std::size_t kDeepestNesting = 512;
inline constexpr std::size_t kMostAttributes = 256;
inline constexpr std::size_t kLargestPage = std::size_t{16} << 20U;
// Formatting tags (<b>, <font>, ...) that may be open at one time: the parser opens each of them
// anew in every paragraph.
inline constexpr std::size_t kMostFormatting = 16;
// Elements the parser would make, reopened ones included: about 200 MB.
inline constexpr std::size_t kMostElements = 400'000;

// Overwrites in place, so that every offset stays: tags that would nest deeper than
// kDeepestNesting, attributes of a tag beyond kMostAttributes, formatting tags beyond
// kMostFormatting, comments, <svg> with what is in it, the tags of <math>, and whatever looks like
// a tag inside scripts, styles, titles and the like. What stands inside a line becomes an empty
// comment, <!   >, which joins its sides; the rest becomes blanks. What is left reads the same
// whether the parser is in a table, a template or anywhere else, so this pass and the parser cannot
// disagree about what is a tag; the pass may think the page up to kDeepestNesting levels flatter
// than it is, never more (elements closed by another's end tag are counted).
// `holes`, where it is given, gets the stretches that hold nothing, in order and apart: scripts,
// the insides of comments, blanks between two tags but one. A parser that never sees them makes the
// same tree. `notes` says what was done to the text's structure. kBadInput for more than
// kLargestPage bytes or kMostElements elements. O(html).
Status GuardHtml(std::string& html, std::vector<std::string>& notes,
                 std::vector<model::SourceRange>* holes = nullptr);

}  // namespace sakuin::ingest

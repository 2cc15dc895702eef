#pragma once

// The input of a document as text, with what became part of the article told from what was left
// out.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/model/source.h"

namespace sakuin::service {

struct OriginalPiece {
  std::string text;  // UTF-8, not empty
  bool kept = false;
  int section = -1;  // begins with this piece
};

struct OriginalText {
  std::vector<OriginalPiece> pieces;  // one behind the other
  bool mapped = false;  // else nothing is known of what was kept, and there is one piece
  bool cut = false;     // there is more
};

// Are the ranges of its document's sections bytes of the source? Not of records of a larger file.
bool IsMapped(const model::Source& source);

// `most`: bytes of text. `data_dir`: where the tables of encodings are.
Result<OriginalText> ReadOriginal(const model::Document& document, const model::Source& source,
                                  std::size_t most, const std::string& data_dir);

// Numbers of the lines of a section's text (a line ends at a newline) that are items of a list in
// the input: what stands before them there is a bullet, a number or the tag of a list item.
std::vector<bool> ListItems(const model::Section& section,
                            const std::optional<model::Source>& source);

}  // namespace sakuin::service

#pragma once

// What ruby says, as text that can be searched, with the way back to its bases.

#include <string>
#include <vector>

#include "indexer/model/section.h"
#include "indexer/model/span.h"

namespace sakuin::text {

// Readings of bases that touch stand together in one line ("hi" and "fuku" are "hifuku").
struct SpokenText {
  struct Piece {
    model::Span spoken;  // bytes of text
    model::Span base;    // bytes of the original
  };

  std::string text;           // one line for each run of bases
  std::vector<Piece> pieces;  // ascending

  // The bases whose readings `span` of the text touches, as one range; empty where it touches none.
  model::Span Original(model::Span span) const;
};

// `readings` ascend and do not overlap. Pure, O(readings).
SpokenText Speak(const std::vector<model::Reading>& readings);

}  // namespace sakuin::text

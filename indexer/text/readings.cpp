#include "indexer/text/readings.h"

#include <algorithm>
#include <cstdint>

namespace sakuin::text {

model::Span SpokenText::Original(model::Span span) const {
  model::Span out;
  for (const Piece& piece : pieces) {
    if (piece.spoken.begin >= span.end || piece.spoken.end <= span.begin) continue;
    if (out.begin == out.end) out = piece.base;
    out.end = std::max(out.end, piece.base.end);
  }
  return out;
}

SpokenText Speak(const std::vector<model::Reading>& readings) {
  SpokenText out;
  for (const model::Reading& reading : readings) {
    const bool goes_on = !out.pieces.empty() && out.pieces.back().base.end == reading.base.begin;
    if (!out.pieces.empty() && !goes_on) out.text += '\n';
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.text += reading.text;
    const auto end = static_cast<std::uint32_t>(out.text.size());
    out.pieces.push_back({{begin, end}, reading.base});
  }
  return out;
}

}  // namespace sakuin::text

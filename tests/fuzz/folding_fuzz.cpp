// Folding any bytes ends, is stable, and its map is ordered and inside the text.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/base/utf8.h"
#include "indexer/text/folding.h"

namespace {

const sakuin::text::Folding& Tables() {
  static const auto loaded = sakuin::text::Folding::Load(SAKUIN_ROOT "/corpus");
  if (!loaded) std::abort();
  return *loaded;
}

// Where one stood between a letter and its mark, the fold of the fold joins what it kept apart.
bool HasIgnorable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = sakuin::utf8::Next(text, at);
    if (c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
        c == 0x2060 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
        (c >= 0xE0100 && c <= 0xE01EF)) {
      return true;
    }
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const sakuin::text::Folded folded = Tables().Fold(text);
  if (folded.chars.size() != folded.spans.size()) std::abort();
  for (std::size_t i = 0; i < folded.spans.size(); ++i) {
    const auto& span = folded.spans[i];
    if (span.begin >= span.end || span.end > size) std::abort();
    if (i > 0 && span.begin < folded.spans[i - 1].begin) std::abort();
  }
  const std::string key = sakuin::utf8::Encode(folded.chars);
  if (!HasIgnorable(text) && Tables().Key(key) != key) std::abort();
  return 0;
}

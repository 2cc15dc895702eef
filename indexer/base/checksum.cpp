#include "indexer/base/checksum.h"

// No code of the library is shared at run time, so none has to be loaded at every start.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "indexer/base/files.h"

namespace sakuin {

std::uint64_t Checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

Result<std::uint64_t> ChecksumOfFile(const std::string& path) {
  constexpr std::size_t kPiece = std::size_t{1} << 17U;  // stays in the processor's cache
  const auto file = files::OpenStream(path);
  if (!file) return Pass(file);
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  std::string piece(kPiece, '\0');
  for (;;) {
    const auto size = file->read(piece.data(), piece.size());
    if (!size) return Pass(size);
    if (*size == 0) return XXH3_64bits_digest(&state);
    XXH3_64bits_update(&state, piece.data(), *size);
  }
}

}  // namespace sakuin

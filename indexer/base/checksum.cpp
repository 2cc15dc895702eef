#include "indexer/base/checksum.h"

// No code of the library is shared at run time, so none has to be loaded at every start.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace sakuin {

std::uint64_t Checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace sakuin

#pragma once

#include <string_view>

namespace sakuin::ingest {

// Are there tags of a page in the first 64 KiB? ASCII-compatible encodings only. Pure.
bool LooksLikeHtml(std::string_view bytes);

}  // namespace sakuin::ingest

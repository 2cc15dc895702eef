#pragma once

// Which language a text of Latin letters is in: where scripts say nothing, CLD2 is asked.

#include <string_view>

namespace sakuin::text {

enum class LatinLanguage { kEnglish, kOther, kUnsure };

// `text` is UTF-8, of any length; malformed bytes are passed over. kUnsure for less than a clause,
// and where CLD2 itself is. Pure, thread-safe.
LatinLanguage DetectLatin(std::string_view text);

}  // namespace sakuin::text

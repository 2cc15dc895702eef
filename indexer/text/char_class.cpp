#include "indexer/text/char_class.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "indexer/base/icu.h"

namespace sakuin::text {
namespace {

bool IsUnspacedScript(UScriptCode script) {
  switch (script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_HANGUL:  // blanks stand between phrases, particles are glued to words
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return false;
  }
}

}  // namespace

CharClass ClassOf(char32_t c) {
  if (c < 0x80) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    return word ? CharClass::kSpaced : CharClass::kSeparator;
  }
  const bool unspaced = (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
                        (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC || c == 0x3005 || c == 0x3007;
  if (unspaced) return CharClass::kUnspaced;
  // The marks that are met most often, without a look into tables.
  const bool mark = (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3020) ||
                    (c >= 0x2010 && c <= 0x205E && c != 0x2040 && c != 0x2054 && c != 0x203F);
  if (mark) return CharClass::kSeparator;
  const auto code = static_cast<UChar32>(c);
  const bool word = u_isUAlphabetic(code) != 0 || u_isdigit(code) != 0 ||
                    (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
  if (!word) return CharClass::kSeparator;
  IcuCheck icu;
  const UScriptCode script = uscript_getScript(code, icu);
  return IsUnspacedScript(script) ? CharClass::kUnspaced : CharClass::kSpaced;
}

}  // namespace sakuin::text

#include "indexer/text/latin_language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

#include "indexer/base/utf8.h"

namespace sakuin::text {

LatinLanguage DetectLatin(std::string_view text) {
  constexpr std::size_t kShortest = 20;   // bytes: fewer are a name
  constexpr std::size_t kEnough = 20000;  // bytes: more say nothing new
  constexpr int kMostly = 60;             // percent of the text
  if (text.size() > kEnough) text = text.substr(0, utf8::FloorBoundary(text, kEnough));
  if (text.size() < kShortest) return LatinLanguage::kUnsure;
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int bytes = 0;
  bool reliable = false;
  int valid = 0;
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language best = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &hints, 0, languages, percents, scores,
      nullptr, &bytes, &reliable, &valid);
  if (best == CLD2::ENGLISH) return LatinLanguage::kEnglish;
  if (!reliable || best == CLD2::UNKNOWN_LANGUAGE || percents[0] < kMostly) {
    return LatinLanguage::kUnsure;
  }
  return LatinLanguage::kOther;
}

}  // namespace sakuin::text

#pragma once

// In which sections of a segment a text stands, and how often: grams whose places follow each
// other.

#include <cstdint>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/postings/segment.h"

namespace sakuin::postings {

struct Match {
  Local section = 0;
  std::uint32_t count = 0;
};

struct PhraseMatches {
  std::vector<Match> matches;  // ascending; deleted sections are left out
  // Some characters of the phrase are in no gram that was asked: the text has to be looked at.
  bool unsure = false;
  // Nothing of the phrase is in any gram: every section has to be looked at.
  bool everywhere = false;
};

// `phrase`: folded, without newline. `begins[i]`: whether grams that begin with its character i are
// in the index (text::BeginsGram).
Result<PhraseMatches> FindPhrase(const Segment& segment, Field field, std::u32string_view phrase,
                                 const std::vector<bool>& begins);

// The sections that have a word, or a word that begins so.
Result<std::vector<Match>> FindWord(const Segment& segment, Field field, std::string_view word);
Result<std::vector<Match>> FindWordPrefix(const Segment& segment, Field field,
                                          std::string_view prefix);

}  // namespace sakuin::postings

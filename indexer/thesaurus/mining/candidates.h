#pragma once

// The word sequences of one text that may be terms.

#include <cstddef>
#include <functional>
#include <string_view>

#include "indexer/base/result.h"
#include "indexer/text/analyzer.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/mining/term_words.h"

namespace sakuin::thesaurus {

enum class MinedLanguage : unsigned char { kChinese, kJapanese, kEnglish };

struct Candidate {
  std::size_t begin = 0;  // folded characters, half-open
  std::size_t end = 0;
  char32_t left = 0;  // the neighbours; 0: none, a mark, or a stop word
  char32_t right = 0;
};

// Calls take(analysis, candidate) for each. Fails only where the analyzer does.
Status ForCandidates(MinedLanguage language, std::string_view text, const TermWords& words,
                     const LabelMatcher& matcher, text::Analyzer& analyzer,
                     const std::function<void(const text::Analysis&, const Candidate&)>& take);

}  // namespace sakuin::thesaurus

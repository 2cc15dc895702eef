#pragma once

// How questions are put: corpus/language/<lang>/question_phrases.tsv.
// docs/formats/question-phrases.md.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::plan {

// Immutable after Load(), therefore thread-safe.
class QuestionPhrases {
 public:
  // Of all languages. kBadData with file:line for an unknown kind, an empty phrase, an example
  // without it, and two phrases of a language that fold alike.
  static Result<QuestionPhrases> Load(const std::string& data_dir, const text::Folding& folding);

  // For each folded character whether it stands in a phrase; leftmost, longest.
  std::vector<bool> Mark(std::u32string_view folded) const;

  std::size_t size() const { return phrases_.size(); }

 private:
  std::unordered_set<std::u32string> phrases_;
  std::size_t longest_ = 0;
};

}  // namespace sakuin::plan

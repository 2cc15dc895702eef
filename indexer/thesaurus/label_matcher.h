#pragma once

// Finds the thesaurus's labels in folded text, all languages at once.

#include <cstddef>
#include <memory>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/model/span.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

struct Mention {
  const model::Concept* concept_ptr = nullptr;  // owned by the thesaurus
  const model::Label* label = nullptr;          // the label that matched
  std::size_t begin = 0;                        // in folded characters, half-open
  std::size_t end = 0;
  model::Span span;                         // in bytes of the original text
  std::vector<const model::Concept*> also;  // further concepts that bear the label
};

// Immutable; keeps pointers into `thesaurus`, which must outlive it. Thread-safe.
class LabelMatcher {
 public:
  static LabelMatcher Build(const Thesaurus& thesaurus, const text::Folding& folding);

  // Leftmost-longest and without overlap, in order. A label that begins or ends with a letter or
  // digit of a script that puts blanks between words (Latin, Greek, Cyrillic) matches only where
  // such a word begins or ends. O(text * longest label).
  std::vector<Mention> Match(const text::Folded& text) const;

  // All folded labels, for the segmenter's lexicon.
  std::vector<std::u32string> FoldedLabels() const;

  LabelMatcher(LabelMatcher&&) noexcept;
  LabelMatcher& operator=(LabelMatcher&&) noexcept;
  ~LabelMatcher();

 private:
  struct Impl;
  explicit LabelMatcher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus

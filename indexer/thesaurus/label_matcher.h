#pragma once

// Finds the thesaurus's labels in folded text, all languages at once.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/model/span.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/labels/kana_particles.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

struct Mention {
  const model::Concept* concept_ptr = nullptr;  // owned by the thesaurus
  const model::Label* label = nullptr;          // the label that matched
  std::size_t begin = 0;                        // in folded characters, half-open
  std::size_t end = 0;
  model::Span span;  // in bytes of the original text
  // The other concepts that bear the same label, where it is hidden on every bearer: it is
  // ambiguous by intent, and `concept_ptr` is only the first of them.
  std::vector<const model::Concept*> also;
};

// A text with what is asked of it more than once.
struct NamedText {
  text::Folded folded;
  std::vector<Mention> names;  // as LabelMatcher::Match() gives them
};

// Immutable; keeps pointers into `thesaurus`, which must outlive it. Thread-safe.
// Labels and texts are compared in the form of labels/label_form.h. One pass, O(text * longest
// label) at worst; leftmost first, at one place the longest that may stand there, then on from its
// end: mentions are in order and apart. Of labels of one form the best is a user's before a shipped
// one, then the preferred, then the alternative, then the hidden one, then the first of the files.
class LabelMatcher {
 public:
  static LabelMatcher Build(const Thesaurus& thesaurus, const text::Folding& folding,
                            KanaParticles particles = {});

  // What a text names. `folded` is the fold of `original`. A label may stand
  // - that begins or ends with a letter or digit of a script that puts blanks between words
  //   (Latin, Greek, Cyrillic): only where such a word begins or ends;
  // - that is an abbreviation (capitals and digits, at most 5): only in capitals;
  // - of at most 3 kana: only as a whole run of katakana, or one of hiragana beside nothing but
  //   particles, and of two not behind a Han character; the text's own kana decide;
  // - of at most 4 katakana: not in hiragana;
  // - of one Han character: only where neither neighbour is one;
  // - of less than 4 characters: not across a dropped hyphen or dot, unless it has one itself.
  std::vector<Mention> Match(std::string_view original, const text::Folded& folded) const;

  // What a query names: of the rules above only the first, because people type as they like.
  std::vector<Mention> Match(const text::Folded& folded) const;

  std::size_t size() const;  // labels, those of one form and concept counted once, users' apart
  std::size_t MemoryBytes() const;    // of the automaton and its tables
  const std::string& digest() const;  // of the labels, the particles and this code

  LabelMatcher(LabelMatcher&&) noexcept;
  LabelMatcher& operator=(LabelMatcher&&) noexcept;
  ~LabelMatcher();

 private:
  struct Impl;
  explicit LabelMatcher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus

#pragma once

// Words that together describe a condition without naming it, such as the calf and a strain in
// one sentence: corpus/thesaurus/descriptions.tsv.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/general_concepts.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

struct Description {
  const model::Concept* concept_ptr = nullptr;  // owned by the thesaurus
  std::size_t begin = 0;                        // its words, in folded characters, half-open
  std::size_t end = 0;
};

enum class Place : std::uint8_t { kHeading, kText };

// Immutable after Load(), therefore thread-safe. Keeps pointers into the thesaurus.
class Descriptions {
 public:
  // kBadData with file:line for an unknown concept, an empty word, an example that the row by
  // itself does not find.
  static Result<Descriptions> Load(const std::string& data_dir, const Thesaurus& thesaurus,
                                   const GeneralConcepts& general, const text::Folding& folding);

  // In order of sentences; at most one a sentence and concept. A word inside one of `mentions`
  // (the labels found in the same text) is part of that name, unless it is all of it, or the name
  // of a general concept: it describes only a narrower or a sibling concept. "Cramp" with "calf" is
  // a calf cramp, "calf and hamstring strain" names the one and describes the other; the shoulder
  // of a frozen shoulder describes nothing else.
  std::vector<Description> Find(const text::Folded& text, const std::vector<Mention>& mentions,
                                Place place) const;

  const std::string& digest() const;

  Descriptions(Descriptions&&) noexcept;
  Descriptions& operator=(Descriptions&&) noexcept;
  ~Descriptions();

 private:
  struct Impl;
  explicit Descriptions(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus

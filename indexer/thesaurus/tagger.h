#pragma once

// Sections -> tags (which conditions) and aspects (what is said about them).

#include <memory>
#include <string>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// Immutable after Create(), therefore thread-safe. Keeps references to what it is given.
class Tagger {
 public:
  // Reads corpus/language/<lang>/aspects.tsv below `data_dir`.
  static Result<Tagger> Create(const std::string& data_dir, const Thesaurus& thesaurus,
                               const LabelMatcher& matcher, const text::Folding& folding);

  // Fills `tags` and `aspects` of every section; a pure function of the document's text.
  void TagDocument(model::Document& document) const;

  const std::string& digest() const;

  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;
  ~Tagger();

 private:
  struct Impl;
  explicit Tagger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus

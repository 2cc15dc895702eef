#pragma once

// Sections -> tags (which conditions) and aspects (what is said about them).

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/aspects.h"
#include "indexer/thesaurus/evidence.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// Why a concept is a tag of a section, or is none.
struct TagReason {
  std::string concept_id;
  double score = 0;  // the parts added, then the factors multiplied; not yet a share of the best
  std::vector<std::pair<const char*, double>> parts;    // names of weights, or of what was counted
  std::vector<std::pair<const char*, double>> factors;  // the same
  std::vector<Clue> clues;
  const char* outcome = "";  // "kept", "inherited", "implied", or why it is no tag
};

// Why a section has an aspect, or has it not.
struct AspectReason {
  struct Cue {
    std::string kind;
    CuePlace place = CuePlace::kText;
    std::string words;  // UTF-8, as they stand there; of the heading above, folded
    double weight = 0;  // what it adds to the log-odds
  };
  std::string aspect;
  double score = 0;  // 0 to 1
  double prior = 0;  // log-odds before any cue
  bool found = false;
  std::vector<Cue> cues;
};

struct SectionReasons {
  std::vector<TagReason> tags;        // the section's in their order, then what is no tag
  std::vector<AspectReason> aspects;  // the same
};

// Immutable after Create(), therefore thread-safe. Keeps references to what it is given.
class Tagger {
 public:
  // Reads thesaurus/{descriptions,tag_weights}.tsv and language/<lang>/{aspects,context}.tsv below
  // `data_dir`.
  static Result<Tagger> Create(const std::string& data_dir, const Thesaurus& thesaurus,
                               const LabelMatcher& matcher, const text::Folding& folding);

  // Fills `tags` and `aspects` of every section; a pure function of the document's text.
  void TagDocument(model::Document& document) const;

  // The same of texts that were read before.
  void TagDocument(model::Document& document, const std::vector<NamedText>& texts) const;

  // Of every section the heading, then the text.
  std::vector<NamedText> ReadTexts(const model::Document& document) const;

  // The same, and says why, one a section.
  std::vector<SectionReasons> Explain(model::Document& document) const;

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

#pragma once

// Sections -> advice: every statement of a text that tells its reader to do something or not to.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::advice {

// Why an action that a sentence names is advice, or is none.
struct ActionReason {
  std::string action;
  model::Span words;              // in the section's text or heading
  std::vector<std::string> cues;  // ids of what governs and modifies it
  std::string outcome;            // "recommend", "avoid", ... or why it is no advice
  int advice = -1;                // place in the section's advice; -1: none
};

struct CueReason {
  std::string id;
  std::string kind;
  model::Span words;
  bool counts = true;  // false: a longer cue covers it
};

// A sentence that names an action or holds a cue.
struct SentenceReason {
  std::uint32_t section = 0;  // its number
  bool in_heading = false;
  model::Span words;
  std::vector<CueReason> cues;
  std::vector<ActionReason> actions;
};

// Immutable after Create(), therefore thread-safe. Keeps references to what it is given.
class Extractor {
 public:
  // Reads language/<lang>/advice_{cues,scope,actions}.tsv below `data_dir`; kBadData with
  // file:line.
  static Result<Extractor> Create(const std::string& data_dir,
                                  const thesaurus::Thesaurus& thesaurus,
                                  const text::Folding& folding);

  // Fills `advice` of every section, in order of the text, those of the heading first. `texts`: as
  // Tagger::ReadTexts() gives them; the sections are tagged already. A pure function of both;
  // O(text).
  void Extract(model::Document& document, const std::vector<thesaurus::NamedText>& texts) const;

  // The same, and says why.
  std::vector<SentenceReason> Explain(model::Document& document,
                                      const std::vector<thesaurus::NamedText>& texts) const;

  const std::string& digest() const;

  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

 private:
  struct Impl;
  explicit Extractor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::advice

#pragma once

// The stages in order: bytes -> Document -> language -> tags -> terms.

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/model/fingerprint.h"
#include "indexer/model/source.h"
#include "indexer/pipeline/rules.h"
#include "indexer/store/index_writer.h"
#include "indexer/text/analyzer.h"

namespace sakuin::pipeline {

// What the index is made of, besides the document itself.
struct Indexed {
  std::vector<store::SectionTerms> terms;  // one a section, in order
  model::Fingerprint fingerprint;
};

struct Made {
  model::Document document;
  Indexed indexed;
};

// A pure function of the source and the rules. One a thread: it owns an analyzer. `rules` must
// outlive it.
class Pipeline {
 public:
  static Result<Pipeline> Create(const Rules& rules);

  // Clean, sectioned, with language and tags. Fails with kBadInput.
  Result<model::Document> Read(const model::Source& source) const;

  // Language and tags of a document whose sections are there already (a rebuild without sources).
  void Describe(model::Document& document, const std::string& language_hint) const;

  Result<Indexed> Index(const model::Document& document);

  // Read() and Index() in one: texts are folded and searched for names once.
  Result<Made> Make(const model::Source& source);

  text::Analyzer& analyzer() { return analyzer_; }
  const Rules& rules() const { return *rules_; }

 private:
  Pipeline(const Rules& rules, text::Analyzer analyzer);
  Result<model::Document> Extract(const model::Source& source) const;
  void GuessLanguages(model::Document& document, const std::string& language_hint) const;
  Result<Indexed> Index(const model::Document& document, std::vector<thesaurus::NamedText> texts);
  Result<text::Analysis> Analyze(const std::string& text, thesaurus::NamedText& read);
  Status AddReadings(const model::Section& section, store::SectionTerms& terms);

  const Rules* rules_;
  text::Analyzer analyzer_;
};

// Changes when the input's bytes do, or how they are asked to be read.
std::string SourceDigest(const model::Source& source);

}  // namespace sakuin::pipeline

#pragma once

// What texts and queries are compared by: the part of the rules that a search needs.

#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/analyzer.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::pipeline {

// Immutable after Load(), therefore thread-safe. Never moved: its parts refer to each other.
class TextRules {
 public:
  // Reads corpus/ below `data_dir`; a file with a mistake is kBadData with file:line.
  // `user`: thesauri that are read after the shipped one (Thesaurus::Load()).
  static Result<std::unique_ptr<TextRules>> Load(
      const std::string& data_dir, const std::vector<thesaurus::ThesaurusSource>& user = {});

  // One a thread; refers to this object.
  Result<text::Analyzer> MakeAnalyzer() const;
  std::string AnalyzerDigest() const;

  const text::Folding& folding() const { return folding_; }
  const thesaurus::Thesaurus& thesaurus() const { return thesaurus_; }
  const thesaurus::LabelMatcher& matcher() const { return matcher_; }

  TextRules(const TextRules&) = delete;
  TextRules& operator=(const TextRules&) = delete;

 private:
  TextRules(text::Folding folding, thesaurus::Thesaurus thesaurus,
            thesaurus::KanaParticles particles);

  text::Folding folding_;
  thesaurus::Thesaurus thesaurus_;
  thesaurus::LabelMatcher matcher_;
};

}  // namespace sakuin::pipeline

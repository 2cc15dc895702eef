#pragma once

// Everything that turns bytes into rows, loaded once and shared by all threads.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/advice/extractor.h"
#include "indexer/base/result.h"
#include "indexer/ingest/containers/source_reader.h"
#include "indexer/ingest/ingest.h"
#include "indexer/pipeline/text_rules.h"
#include "indexer/text/language_guess.h"
#include "indexer/thesaurus/tagger.h"

namespace sakuin::pipeline {

struct RuleOptions {
  // Else sections get neither conditions, aspects nor advice, and `digest` says so.
  bool tags = true;
};

// Immutable after Load(), therefore thread-safe. Never moved: its parts refer to each other.
class Rules {
 public:
  // Reads corpus/ below `data_dir`; a file with a mistake is kBadData with file:line.
  // `user`: thesauri that are read after the shipped one (Thesaurus::Load()).
  static Result<std::unique_ptr<Rules>> Load(
      const std::string& data_dir, const std::vector<thesaurus::ThesaurusSource>& user = {},
      const RuleOptions& options = {});

  // One a thread; refers to this object.
  Result<text::Analyzer> MakeAnalyzer() const { return text_->MakeAnalyzer(); }
  std::string AnalyzerDigest() const { return text_->AnalyzerDigest(); }

  const TextRules& text() const { return *text_; }
  const text::Folding& folding() const { return text_->folding(); }
  const text::LanguageGuess& language() const { return language_; }
  const thesaurus::Thesaurus& thesaurus() const { return text_->thesaurus(); }
  const thesaurus::LabelMatcher& matcher() const { return text_->matcher(); }
  const thesaurus::Tagger& tagger() const { return *tagger_; }
  const advice::Extractor& advice() const { return *advice_; }
  const ingest::Extractor& extractor() const { return extractor_; }
  const ingest::SourceReader& source_reader() const { return *source_reader_; }
  bool tags() const { return options_.tags; }
  const std::string& digest() const { return digest_; }  // of all of them

  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

 private:
  Rules(std::unique_ptr<TextRules> text, text::LanguageGuess language, ingest::Extractor extractor);

  RuleOptions options_;
  std::unique_ptr<TextRules> text_;
  text::LanguageGuess language_;
  ingest::Extractor extractor_;
  std::optional<thesaurus::Tagger> tagger_;
  std::optional<advice::Extractor> advice_;
  std::optional<ingest::SourceReader> source_reader_;  // refers to the extractor's detector
  std::string digest_;
};

}  // namespace sakuin::pipeline

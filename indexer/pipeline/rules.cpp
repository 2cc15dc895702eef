#include "indexer/pipeline/rules.h"

#include <utility>

#include "indexer/base/digest.h"

namespace sakuin::pipeline {
namespace {

// Raise it when a stage's code changes what the same bytes and data give.
constexpr const char* kVersion = "pipeline-4";

}  // namespace

Result<std::unique_ptr<Rules>> Rules::Load(const std::string& data_dir,
                                           const std::vector<thesaurus::ThesaurusSource>& user,
                                           const RuleOptions& options) {
  auto text = TextRules::Load(data_dir, user);
  if (!text) return Pass(text);
  auto language = text::LanguageGuess::Load(data_dir);
  if (!language) return Pass(language);
  auto extractor = ingest::Extractor::Create(data_dir);
  if (!extractor) return Pass(extractor);
  std::unique_ptr<Rules> out(
      new Rules(std::move(*text), std::move(*language), std::move(*extractor)));
  out->options_ = options;
  auto tagger =
      thesaurus::Tagger::Create(data_dir, out->thesaurus(), out->matcher(), out->folding());
  if (!tagger) return Pass(tagger);
  out->tagger_.emplace(std::move(*tagger));
  auto advice = advice::Extractor::Create(data_dir, out->thesaurus(), out->folding());
  if (!advice) return Pass(advice);
  out->advice_.emplace(std::move(*advice));
  auto source_reader = ingest::SourceReader::Create(data_dir, out->extractor_.detector());
  if (!source_reader) return Pass(source_reader);
  out->source_reader_.emplace(std::move(*source_reader));
  out->digest_ = Digest(std::string(kVersion) + " " + out->AnalyzerDigest() + " " +
                        out->extractor_.digest() + " " + out->tagger_->digest() + " " +
                        out->advice_->digest() + (options.tags ? "" : " no tags"));
  return out;
}

Rules::Rules(std::unique_ptr<TextRules> text, text::LanguageGuess language,
             ingest::Extractor extractor)
    : text_(std::move(text)), language_(std::move(language)), extractor_(std::move(extractor)) {}

}  // namespace sakuin::pipeline

#include "indexer/pipeline/rules.h"

#include <utility>

#include "indexer/base/digest.h"

namespace sakuin::pipeline {
namespace {

// Raise it when a stage's code changes what the same bytes and data give.
constexpr const char* kVersion = "pipeline-3";

}  // namespace

Result<std::unique_ptr<Rules>> Rules::Load(const std::string& data_dir,
                                           const std::vector<thesaurus::ThesaurusSource>& user,
                                           const RuleOptions& options) {
  auto folding = text::Folding::Load(data_dir);
  if (!folding) return Pass(folding);
  auto language = text::LanguageGuess::Load(data_dir);
  if (!language) return Pass(language);
  auto thesaurus = thesaurus::Thesaurus::Load(data_dir, user);
  if (!thesaurus) return Pass(thesaurus);
  auto particles = thesaurus::KanaParticles::Load(data_dir);
  if (!particles) return Pass(particles);
  auto extractor = ingest::Extractor::Create(data_dir);
  if (!extractor) return Pass(extractor);
  std::unique_ptr<Rules> out(new Rules(std::move(*folding), std::move(*language),
                                       std::move(*thesaurus), std::move(*particles),
                                       std::move(*extractor)));
  out->options_ = options;
  auto tagger = thesaurus::Tagger::Create(data_dir, out->thesaurus_, out->matcher_, out->folding_);
  if (!tagger) return Pass(tagger);
  out->tagger_.emplace(std::move(*tagger));
  auto source_reader = ingest::SourceReader::Create(data_dir, out->extractor_.detector());
  if (!source_reader) return Pass(source_reader);
  out->source_reader_.emplace(std::move(*source_reader));
  out->digest_ =
      Digest(std::string(kVersion) + " " + out->AnalyzerDigest() + " " + out->extractor_.digest() +
             " " + out->tagger_->digest() + (options.tags ? "" : " no tags"));
  return out;
}

Rules::Rules(text::Folding folding, text::LanguageGuess language, thesaurus::Thesaurus thesaurus,
             thesaurus::KanaParticles particles, ingest::Extractor extractor)
    : folding_(std::move(folding)),
      language_(std::move(language)),
      thesaurus_(std::move(thesaurus)),
      extractor_(std::move(extractor)),
      matcher_(thesaurus::LabelMatcher::Build(thesaurus_, folding_, std::move(particles))) {}

Result<text::Analyzer> Rules::MakeAnalyzer() const {
  const thesaurus::LabelMatcher* const labels = &matcher_;
  text::Lexicon lexicon = [labels](std::string_view text, const text::Folded& folded) {
    std::vector<model::Span> spans;
    for (const thesaurus::Mention& mention : labels->Match(text, folded)) {
      spans.push_back(mention.span);
    }
    return spans;
  };
  return text::Analyzer::Create(folding_, std::move(lexicon), matcher_.digest());
}

std::string Rules::AnalyzerDigest() const {
  return text::Analyzer::DigestOf(folding_, matcher_.digest());
}

}  // namespace sakuin::pipeline

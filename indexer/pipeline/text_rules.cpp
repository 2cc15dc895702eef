#include "indexer/pipeline/text_rules.h"

#include <utility>

namespace sakuin::pipeline {

Result<std::unique_ptr<TextRules>> TextRules::Load(
    const std::string& data_dir, const std::vector<thesaurus::ThesaurusSource>& user) {
  auto folding = text::Folding::Load(data_dir);
  if (!folding) return Pass(folding);
  auto thesaurus = thesaurus::Thesaurus::Load(data_dir, user);
  if (!thesaurus) return Pass(thesaurus);
  auto particles = thesaurus::KanaParticles::Load(data_dir);
  if (!particles) return Pass(particles);
  return std::unique_ptr<TextRules>(
      new TextRules(std::move(*folding), std::move(*thesaurus), std::move(*particles)));
}

TextRules::TextRules(text::Folding folding, thesaurus::Thesaurus thesaurus,
                     thesaurus::KanaParticles particles)
    : folding_(std::move(folding)),
      thesaurus_(std::move(thesaurus)),
      matcher_(thesaurus::LabelMatcher::Build(thesaurus_, folding_, std::move(particles))) {}

Result<text::Analyzer> TextRules::MakeAnalyzer() const {
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

std::string TextRules::AnalyzerDigest() const {
  return text::Analyzer::DigestOf(folding_, matcher_.digest());
}

}  // namespace sakuin::pipeline

#include "indexer/text/analyzer.h"

#include <algorithm>
#include <utility>

#include "indexer/base/digest.h"
#include "indexer/base/icu.h"
#include "indexer/base/utf8.h"
#include "indexer/text/char_class.h"
#include "indexer/text/segmenter.h"

namespace sakuin::text {
namespace {

// Raise it when the code below changes any term.
constexpr const char* kAnalyzerVersion = "analyzer-2";

std::vector<Word> CutWords(const Folded& folded, const std::vector<Token>& tokens) {
  std::vector<Word> out;
  out.reserve(tokens.size());
  CharClass before = CharClass::kSeparator;
  std::size_t token = 0;
  for (std::size_t i = 0; i < folded.chars.size(); ++i) {
    const std::size_t last = token;
    while (token < tokens.size() && tokens[token].end <= folded.spans[i].begin) ++token;
    const CharClass now = ClassOf(folded.chars[i]);
    if (now != CharClass::kSeparator) {
      const bool goes_on = now == before && (now == CharClass::kSpaced || token == last);
      if (goes_on) {
        out.back().end = i + 1;
      } else {
        out.push_back({i, i + 1});
      }
    }
    before = now;
  }
  return out;
}

}  // namespace

struct Analyzer::Impl {
  const Folding* folding = nullptr;
  Lexicon lexicon;
  Segmenter segmenter;
};

std::string Analyzer::DigestOf(const Folding& folding, const std::string& lexicon_digest) {
  return Digest(std::string(kAnalyzerVersion) + " icu " + IcuVersion() + " folding " +
                folding.digest() + " lexicon " + lexicon_digest);
}

Result<Analyzer> Analyzer::Create(const Folding& folding, Lexicon lexicon,
                                  const std::string& lexicon_digest) {
  auto segmenter = Segmenter::Create();
  if (!segmenter) return Pass(segmenter);
  auto impl = std::make_unique<Impl>(Impl{&folding, std::move(lexicon), std::move(*segmenter)});
  return Analyzer(std::move(impl), DigestOf(folding, lexicon_digest));
}

Result<Analysis> Analyzer::Analyze(std::string_view text) {
  Folded folded = impl_->folding->Fold(text);
  std::vector<model::Span> lexicon;
  if (impl_->lexicon) lexicon = impl_->lexicon(text, folded);
  return Analyze(text, std::move(folded), lexicon);
}

Result<Analysis> Analyzer::Analyze(std::string_view text, Folded folded,
                                   const std::vector<model::Span>& lexicon) {
  const auto tokens = impl_->segmenter.Segment(text, lexicon, Segmenter::Detail::kUnspaced);
  if (!tokens) return Pass(tokens);
  Analysis out;
  out.folded = std::move(folded);
  out.words = CutWords(out.folded, *tokens);
  return out;
}

Analyzer::Analyzer(std::unique_ptr<Impl> impl, std::string digest)
    : impl_(std::move(impl)), digest_(std::move(digest)) {}
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;
Analyzer::~Analyzer() = default;

bool BeginsGram(char32_t c) { return ClassOf(c) != CharClass::kSeparator; }

std::string WordTerms(const Analysis& analysis) {
  std::string out;
  for (const Word& word : analysis.words) {
    const std::size_t length = word.end - word.begin;
    if (length > kLongestWord) continue;
    // A gram, or the first half of some, says where these are.
    if (length <= 2 && ClassOf(analysis.folded.chars[word.begin]) == CharClass::kUnspaced) continue;
    for (std::size_t i = word.begin; i < word.end; ++i) {
      utf8::Append(out, analysis.folded.chars[i]);
    }
    out.push_back('\n');
  }
  return out;
}

}  // namespace sakuin::text

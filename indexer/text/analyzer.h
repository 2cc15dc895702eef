#pragma once

// Text -> terms: the only analysis, used when an article is indexed and when a query is asked
// (law 4). Grams decide membership, words decide rank.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/span.h"
#include "indexer/text/folding.h"

namespace sakuin::text {

// A word as a range of folded characters, half-open.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const Word&, const Word&) = default;
};

struct Analysis {
  Folded folded;
  std::vector<Word> words;  // in order, without overlap; separators are in none
};

// Finds the words that stand in the lexicon: ranges of the original text, ordered, no overlap.
// `folded` is the fold of `text`.
using Lexicon =
    std::function<std::vector<model::Span>(std::string_view text, const Folded& folded)>;

// Not thread-safe (it owns a segmenter): one a thread. `folding` must outlive it.
class Analyzer {
 public:
  // `lexicon` may be empty; `lexicon_digest` changes whenever its words do.
  static Result<Analyzer> Create(const Folding& folding, Lexicon lexicon,
                                 const std::string& lexicon_digest);

  // Words are ICU's, under the lexicon's; but a run of letters and digits of a spaced script is
  // always one word, and ends where another script begins.
  Result<Analysis> Analyze(std::string_view text);

  // The same of a text that was folded before, and whose words of the lexicon are known.
  Result<Analysis> Analyze(std::string_view text, Folded folded,
                           const std::vector<model::Span>& lexicon);

  // What is stored in an index and must be the same when it is asked: this code's version, ICU's,
  // the folding tables' and the lexicon's.
  const std::string& digest() const { return digest_; }
  static std::string DigestOf(const Folding& folding, const std::string& lexicon_digest);

  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;
  ~Analyzer();

 private:
  struct Impl;
  Analyzer(std::unique_ptr<Impl> impl, std::string digest);
  std::unique_ptr<Impl> impl_;
  std::string digest_;
};

// A term stream: terms separated by newlines. No term holds a newline, so that one tokenizer that
// splits at newlines serves every backend.
//
// The grams of a folded text: of every line, each character with its follower (two code points)
// and the last character alone. The n-th gram of a line begins at its n-th character, so that a
// phrase of grams is a substring, and position differences are character differences.
std::string GramTerms(std::u32string_view folded);

// The grams of a phrase that are asked for: of two or more characters the bigrams; of one
// character none (it is asked for as a prefix of grams). `phrase` has no newline.
std::string PhraseGrams(std::u32string_view phrase);

// The words; what is longer than kLongestWord characters (a line of base64) is in the grams only:
// engines cut such terms off.
inline constexpr std::size_t kLongestWord = 512;
std::string WordTerms(const Analysis& analysis);

}  // namespace sakuin::text

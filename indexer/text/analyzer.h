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

// The grams of a folded text are, of every line, each character with its follower, and the last
// character alone: what begins a gram. A mark or a blank begins none. The character before it has
// it as its follower, so that a phrase of grams is a substring all the same; only a mark at the
// start of a line, or behind another one, is in no gram. That leaves out one gram in seven.
bool BeginsGram(char32_t c);

// The words, each ended by a newline. Left out are what is longer than kLongestWord characters (a
// line of base64; it is in the grams), and words of one or two characters of an unspaced script:
// a gram, or the first characters of some, tells where they are.
inline constexpr std::size_t kLongestWord = 512;
std::string WordTerms(const Analysis& analysis);

}  // namespace sakuin::text

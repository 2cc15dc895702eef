#pragma once

// Finds frequent terms that no concept covers, so that an editor can grow the thesaurus from her
// own articles.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/analyzer.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

struct MiningOptions {
  std::size_t min_count = 3;
  std::size_t limit = 50;            // for each of zh, ja and en
  std::size_t most_grams = 4000000;  // word sequences kept while counting, about 50 bytes each
  std::size_t most_terms = 200000;   // candidates with details, about 600 bytes each
};

struct MinedTerm {
  std::string text;      // as it stands at its first place
  std::string language;  // BCP 47: of most of its places
  double score = 0;
  std::size_t count = 0;      // places, those inside a label of the thesaurus not counted
  std::size_t documents = 0;  // that have it
  std::string section;        // id of the first section that has it
  std::string before, after;  // what stands around it there
  std::string scheme;         // that its ending or the label in it speaks for, or empty
  std::string broader;        // id of the concept whose label stands in it, or empty
};

// Two passes over the same texts in the same order: Count() for all, then Collect() for all, then
// Best(). Not thread-safe; memory is bounded by the options whatever the texts.
//
// A candidate is a sequence of neighbouring words, cut by ICU, with labels of the thesaurus as one
// word each: in Chinese of Han, in Japanese of Han and katakana, in English of letters with blanks
// or hyphens between; no stop word in it (term_words.h), and not a label itself. Its score is the
// C-value of Frantzi, Ananiadou and Mima ("Automatic recognition of multi-word terms: the
// C-value/NC-value method", Int. J. on Digital Libraries 3, 2000):
//   log2 |a| * f(a)                              where no longer candidate holds a,
//   log2 |a| * (f(a) - sum of f(b) / |T(a)|)     for those longer ones, T(a),
// |a| counted in characters for Chinese and Japanese (as a word of two says more than nothing) and
// in words plus one for English; English single words count only with an ending that speaks for a
// scheme. It is doubled where the ending speaks for a scheme or a label stands in it. Left out is
// what has too little choice of neighbours: entropy below 0.5 nats on a side (Harris 1955: inside
// a word the next letter is certain); the edge of a run counts as a neighbour of its own each time.
class TermMiner {
 public:
  // Reads terms.tsv of the languages below `data_dir`. The rest must outlive the miner.
  static Result<TermMiner> Create(const std::string& data_dir, const text::Folding& folding,
                                  const Thesaurus& thesaurus, const LabelMatcher& matcher,
                                  text::Analyzer& analyzer, const MiningOptions& options);

  // `language` is BCP 47; of others than zh, ja and en nothing is mined.
  Status Count(std::string_view language, std::string_view text);
  Status Collect(std::string_view language, std::string_view text, const std::string& section,
                 std::size_t document);

  // The best first, each language's best `limit` together.
  std::vector<MinedTerm> Best() const;

  // Rarer sequences than this may have been let go; 0: nothing was.
  std::size_t PossiblyMissed() const;

  TermMiner(TermMiner&&) noexcept;
  TermMiner& operator=(TermMiner&&) noexcept;
  ~TermMiner();

 private:
  struct Impl;
  explicit TermMiner(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::thesaurus

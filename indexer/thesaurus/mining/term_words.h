#pragma once

// What is known about the words of terms: corpus/language/<lang>/terms.tsv.

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"

namespace sakuin::thesaurus {

// One language: "zh" (both scripts), "ja" or "en". All words are folded.
class TermWords {
 public:
  // kBadData with file:line for an unknown kind, an unknown scheme, an empty word.
  static Result<TermWords> Load(const std::string& data_dir, const std::string& language,
                                const text::Folding& folding);

  bool Breaks(std::u32string_view word) const;    // stands in no term
  bool MayBegin(std::u32string_view word) const;  // a term's first word
  bool MayEnd(std::u32string_view word) const;
  bool IsOrdinary(std::u32string_view term) const;  // is, as a whole, no term

  // The scheme that a term's ending speaks for, the longest ending first; empty where none does.
  // "-itis" ends a word; "pain" is the last word of several, so that Spain is no pain.
  std::string_view SchemeOf(std::u32string_view term) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::u32string_view text) const {
      return std::hash<std::u32string_view>()(text);
    }
  };
  using Words = std::unordered_set<std::u32string, Hash, std::equal_to<>>;

  Words breaks_, not_first_, not_last_, ordinary_;
  std::map<std::u32string, std::string, std::less<>> endings_;
};

}  // namespace sakuin::thesaurus

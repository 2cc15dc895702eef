#pragma once

// The thesaurus's names as a list that is asked for what is spelled nearly like something.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/text/folding.h"
#include "indexer/text/sounds.h"
#include "indexer/thesaurus/thesaurus.h"
#include "query/plan/spelling/edits.h"

namespace sakuin::plan {

// Names are sorted by their length; each has a sieve of 64 bits of the characters it holds, so that
// only a few in a thousand are compared. Immutable, therefore thread-safe.
// Keeps pointers into the thesaurus, which must outlive it. Made when first needed, not at start.
class Spellings {
 public:
  struct Name {
    const model::Concept* concept_ptr = nullptr;
    const model::Label* label = nullptr;
    std::uint32_t begin = 0;  // of its folded characters in one long text
    std::uint32_t size = 0;
    std::uint64_t sieve = 0;
  };
  struct Near {
    const Name* name = nullptr;
    Place place;  // in the text that was asked about
  };

  // Preferred and alternative labels: a hidden one is nothing to offer. `sounds`: see edits.h.
  Spellings(const thesaurus::Thesaurus& thesaurus, const text::Folding& folding,
            const text::Sounds* sounds);

  // Calls hit() for every name that the whole of `folded` may be meant for.
  void ForNear(std::u32string_view folded, const std::function<void(const Near&)>& hit) const;

  // Calls hit() for every name without a spaced script's letters (Han, kana) that a part of
  // `folded` may be meant for, with its nearest place; names that stand there as they are, too.
  void ForNearPart(std::u32string_view folded, const std::function<void(const Near&)>& hit) const;

  // How many names hold this word of a spaced script.
  std::size_t WordCount(std::u32string_view word) const;
  void ForWords(const std::function<void(std::u32string_view word, std::size_t names)>& hit) const;

  std::u32string_view Folded(const Name& name) const {
    return std::u32string_view(chars_).substr(name.begin, name.size);
  }
  const std::vector<Name>& names() const { return names_; }  // in order of their lengths
  const text::Sounds* sounds() const { return sounds_; }

 private:
  void AddWords(std::u32string_view folded);
  // The names of this length.
  std::pair<std::size_t, std::size_t> OfSize(std::size_t size) const;

  const text::Sounds* sounds_;
  std::u32string chars_;
  std::vector<Name> names_;
  std::vector<std::uint32_t> sizes_;  // where the names of each length begin
  std::unordered_map<std::u32string, std::size_t> words_;
};

// One bit a character.
std::uint64_t Sieve(std::u32string_view folded);
// The half mistakes between two words at least.
std::size_t SieveDistance(std::uint64_t a, std::uint64_t b);

}  // namespace sakuin::plan

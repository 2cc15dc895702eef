#pragma once

// The pattern language of the advice cues (docs/formats/advice-cues.md): literal words, a choice
// "(a|b|)", a gap "...8...", "^" and "$" for the ends of a clause. No regular expressions: the time
// to match is bounded by the patterns alone, whatever the text is.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::advice {

// Where a pattern stands, in folded characters.
struct PatternHit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t gap_begin = 0;  // the first gap; empty where the pattern has none
  std::size_t gap_end = 0;
  std::uint32_t row = 0;
};

// Ends a clause in a folded text: , ; : ! ? a full stop, a newline; in Japanese the enumeration
// comma too, which in Chinese joins what it stands between, but for one behind the number of an
// item.
bool IsClauseMark(std::u32string_view text, std::size_t at, bool japanese);

// Many patterns that are looked for at once. Once filled it is only read: thread-safe.
class PatternSet {
 public:
  explicit PatternSet(bool japanese) : japanese_(japanese) {}

  // Each pattern belongs to a row, a number of the caller's. kBadData with `where` for a bracket
  // without its other half, a gap without number, a pattern that begins or ends with a gap or that
  // stands for nothing or for too many words.
  Status Add(std::string_view pattern, std::uint32_t row, const text::Folding& folding,
             const std::string& where);

  // Appends what stands at text[begin, ...), each row's longest, in order of the rows.
  void At(std::u32string_view text, std::size_t begin, std::vector<PatternHit>& out) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // There are hundreds of thousands of these: they name their places in lists that all share.
  struct Part {
    std::size_t gap = 0;  // characters between this part and the one before, at most
    std::u32string word;
  };
  // A row behind a head, or behind a head, a gap and a word.
  struct Tail {
    std::uint32_t row = 0;
    std::uint32_t next = kNone;  // of the same place, in tails_
    std::uint32_t rest = kNone;  // further parts, in rests_
    bool at_begin = false;       // only where a clause begins
    bool at_end = false;         // only where one ends
  };
  // A word behind a gap.
  struct Place {
    std::uint32_t begin = 0;  // in letters_
    std::uint32_t size = 0;
    std::uint32_t tail = kNone;
    std::uint32_t next = kNone;  // of the same group and first character, in places_
  };
  // Patterns with one head and one gap behind it, by the words behind the gap: they may be
  // thousands, so that these are looked for at once.
  struct Group {
    std::size_t gap = 0;
    std::vector<std::pair<char32_t, std::uint32_t>> by_first;  // sorted; places
  };
  struct Head {
    std::uint32_t whole = kNone;  // no more than the head: a tail
    std::vector<Group> groups;
  };

  std::uint32_t& PlaceOf(Head& head, const Part& part);
  std::u32string_view WordAt(const Place& place) const {
    return std::u32string_view(letters_).substr(place.begin, place.size);
  }
  Status AddWord(std::u32string_view form, std::uint32_t row, const text::Folding& folding,
                 const std::string& where);
  void Find(std::u32string_view text, const Group& group, const PatternHit& head, std::size_t first,
            std::vector<PatternHit>& out) const;
  bool Follow(std::u32string_view text, const Tail& tail, PatternHit& hit) const;
  void Offer(std::u32string_view text, std::uint32_t tails, const PatternHit& at, std::size_t first,
             std::vector<PatternHit>& out) const;
  bool BeginsClause(std::u32string_view text, std::size_t at) const;
  bool EndsClause(std::u32string_view text, std::size_t at) const;

  bool japanese_ = false;
  thesaurus::WordTrie words_;  // values are places in heads_
  std::vector<Head> heads_;
  std::vector<Place> places_;
  std::vector<Tail> tails_;
  std::vector<std::vector<Part>> rests_;
  std::u32string letters_;
};

}  // namespace sakuin::advice

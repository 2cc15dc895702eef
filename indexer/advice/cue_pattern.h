#pragma once

// The pattern language of the advice cues (docs/formats/advice-cues.md): literal words, a choice
// "(a|b|)", a gap "...8...", "^" and "$" for the ends of a clause. No regular expressions: the time
// to match is bounded by the patterns alone, whatever the text is.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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
  struct Part {
    std::size_t gap = 0;  // characters between this part and the one before, at most
    std::u32string word;
  };
  struct Tail {
    std::uint32_t row = 0;
    bool at_begin = false;  // only where a clause begins
    bool at_end = false;    // only where one ends
    std::vector<Part> parts;
  };
  // Patterns with one head and one gap behind it, by the words behind the gap: they may be
  // thousands, so that these are looked for at once.
  struct Group {
    std::size_t gap = 0;
    std::unordered_map<char32_t, std::vector<std::size_t>> by_first;  // places in tails
    std::vector<std::vector<Tail>> tails;                             // each of one word
  };
  struct Head {
    std::vector<Tail> whole;  // no more than the head
    std::vector<Group> groups;
  };

  Status AddWord(std::u32string_view form, std::uint32_t row, const text::Folding& folding,
                 const std::string& where);
  void Find(std::u32string_view text, const Group& group, const PatternHit& head, std::size_t first,
            std::vector<PatternHit>& out) const;
  bool Follow(std::u32string_view text, const Tail& tail, std::size_t from, PatternHit& hit) const;
  void Offer(std::u32string_view text, const Tail& tail, PatternHit hit, std::size_t first,
             std::vector<PatternHit>& out) const;
  bool BeginsClause(std::u32string_view text, std::size_t at) const;
  bool EndsClause(std::u32string_view text, std::size_t at) const;

  bool japanese_ = false;
  thesaurus::WordTrie words_;  // values are places in heads_
  std::vector<Head> heads_;
};

}  // namespace sakuin::advice

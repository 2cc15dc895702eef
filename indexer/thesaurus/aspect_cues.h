#pragma once

// Words that tell what a section says: "caused by", "see a doctor", "three sets". They are literal
// words, in corpus/language/<lang>/aspects.tsv.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/text/folding.h"
#include "indexer/thesaurus/word_trie.h"

namespace sakuin::thesaurus {

// What a cue is a sign of. The first ten are the aspects themselves, in the order of kAspects;
// the others are what sentences are made of, and speak for several aspects.
inline constexpr std::array<std::string_view, 21> kCueKinds = {
    "definition", "cause",      "symptom",
    "diagnosis",  "treatment",  "self-care",
    "exercise",   "prevention", "when-to-see-a-doctor",
    "faq",
    "who",       // how many have it, and which people
    "feeling",   // pain, swelling, itching, ...
    "severe",    // signs of danger
    "medicine",  // drugs, devices, what is done in a clinic
    "measure",   // what one does oneself: cold, rest, rinsing
    "reps",      // repetitions, sets, holds
    "habit",     // shoes, posture, smoking
    "time",      // how long, how often, how warm
    "advice",    // orders and bans
    "if",        // conditions, and how long something lasts
    "none"};     // words that hold a cue by chance: "pressure" holds "press"

enum class CuePlace : std::uint8_t { kHeading, kAbove, kText };

// A cue where it stands. Positions are folded characters, half-open.
struct CueHit {
  std::size_t kind = 0;  // place in kCueKinds
  CuePlace place = CuePlace::kText;
  double strength = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t sentence = 0;  // of the text, from 0
};

// The cues of one language. Immutable once filled, therefore thread-safe.
class CueTable {
 public:
  // kBadData with file:line for an unknown kind or place, a strength that is not in (0, 1], an
  // example that does not hold its cue, a cue that stands twice for one kind.
  Status Read(const std::string& path, const text::Folding& folding);

  // Leftmost and longest, without overlap: "painkiller" is no pain. A cue begins a word where the
  // script has words; its end is free. Those of the kind "none" only stand in the way.
  void Find(std::u32string_view text, CuePlace place, std::vector<CueHit>& out) const;

 private:
  struct Cue {
    std::size_t kind = 0;
    double in_heading = 0;  // 0: does not count there
    double in_text = 0;
    double At(CuePlace place) const { return place == CuePlace::kText ? in_text : in_heading; }
  };
  Status Add(std::u32string_view word, const Cue& cue, const std::string& where);

  WordTrie trie_;
  std::vector<std::vector<Cue>> cues_;  // of a word; the trie's values are places in here
};

// Does a sentence of folded text end with the character at `at`?
bool EndsSentence(std::u32string_view text, std::size_t at);

// How many sentences `text` has: pieces that are more than blanks and marks.
std::size_t CountSentences(std::u32string_view text);

}  // namespace sakuin::thesaurus

#pragma once

// What a document's text is recognised by when it is met again, reworked. Made by
// text/near_duplicates.h; stored beside the document.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sakuin::model {

struct Fingerprint {
  // Of the folded text's letters and digits; of a short text, of its title too. 0: there is none.
  std::uint64_t digest = 0;
  // Distinct grams; 0 where the text is too short to be compared by them.
  std::uint32_t grams = 0;
  // MinHash values, two a band: two texts have the same value at one place with the probability of
  // their resemblance. Longer texts have more; a shorter sketch is the beginning of a longer one's
  // kind. Empty where `grams` is 0.
  std::vector<std::uint32_t> sketch;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// How many hash functions there are: the longest sketch.
inline constexpr std::size_t kSketchValues = 96;

// The keys under which a fingerprint is looked for (locality-sensitive hashing: Indyk and Motwani,
// STOC 1998): texts that share one are candidates. A key a band of two values; of a short text one,
// its digest; none where there is no text. 47 bits each, ascending, distinct. Pure.
std::vector<std::uint64_t> BandKeys(const Fingerprint& print);

}  // namespace sakuin::model

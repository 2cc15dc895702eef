#pragma once

// Is one article another one, reposted? Titles, lead-ins, promotion, cut ends and added paragraphs
// differ then; most of the wording does not. Compared is the folded text without punctuation and
// blanks, so that width, kana, Han variants, line breaks and markup make no difference.
//
// The method: shingles and their resemblance and containment (Broder, "On the resemblance and
// containment of documents", SEQUENCES 1997), estimated by MinHash values, which are made by fast
// similarity sketching (Dahlgaard, Knudsen and Thorup, FOCS 2017): as accurate as independent hash
// functions, but a gram is hashed about once. Grey cases are decided by the grams themselves.
// docs/decisions/0016 has the measurements that the constants rest on.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "indexer/model/fingerprint.h"

namespace sakuin::text {

// A gram is this many units. A character of a script without blanks between words is one unit, a
// run of letters and digits of another is two (text/char_class.h), as a word of Chinese most often
// is: five characters, or three words.
inline constexpr std::size_t kUnitsOfGram = 5;
// Shorter texts (in units) are duplicates only where they and their titles are equal.
inline constexpr std::size_t kLeastUnits = 80;

// Stock phrases, disclaimers and greetings make unrelated answers of one portal alike: so many
// shared grams, but at most this part of the smaller text's, count for nothing, neither as shared
// nor as part of the texts. Short texts must be nearly equal therefore.
inline constexpr double kStockGrams = 150;
inline constexpr double kMostStock = 0.75;
// For the rest, two texts are near-duplicates where their resemblance |A & B| / |A | B| reaches the
// first, or where so much of the smaller one stands in the other, and it is no mere quotation in
// it.
inline constexpr double kLeastResemblance = 0.20;
inline constexpr double kLeastContainment = 0.6;
inline constexpr double kLeastSizeRatio = 0.4;

// Distinct hashes of grams, ascending.
using Grams = std::vector<std::uint32_t>;

// Takes a document's texts one after the other, in reading order and without the title; grams
// reach over the ends, so that it makes no difference where a section is cut. Not thread-safe.
class GramCollector {
 public:
  void Add(std::u32string_view folded);

  std::size_t units() const { return units_.size(); }
  Grams Collect() const;
  // `folded_title` counts for short texts only.
  model::Fingerprint Fingerprint(std::u32string_view folded_title) const;

 private:
  std::vector<std::uint64_t> units_;
};

// The share of equal values of two sketches, as far as both go; 1 where both texts are short and
// equal, 0 where they cannot be compared. Symmetric; pure.
double EstimateResemblance(const model::Fingerprint& a, const model::Fingerprint& b);

enum class Verdict : std::uint8_t { kDifferent, kDuplicate, kUnsure };

// What the fingerprints alone say; kUnsure where the grams have to be looked at. Symmetric; pure.
Verdict Compare(const model::Fingerprint& a, const model::Fingerprint& b);
// By the grams; never kUnsure.
Verdict Compare(const Grams& a, const Grams& b);

}  // namespace sakuin::text

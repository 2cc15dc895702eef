#pragma once

// How much a term looks like the labels of the thesaurus rather than like the texts it stands in.

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace sakuin::thesaurus {

// "Weirdness" (Ahmad, Gillam and Tostevin, "University of Surrey participation in TREC8", 1999):
// the frequency of a unit among specialists against that in general language. Here the labels are
// the specialists, and the texts that are mined the general language; units are characters of
// Chinese and Japanese, and three letters in a row of English words. So words that any article has
// weigh little, and the names of things that resemble what is known already weigh much.
class Termhood {
 public:
  explicit Termhood(bool letters) : letters_(letters) {}

  void AddLabel(std::u32string_view folded) { Add(folded, label_units_, labels_); }
  void AddText(std::u32string_view folded) { Add(folded, text_units_, texts_); }

  // The geometric mean of the units' weirdness, between 0.05 and 8.
  double Of(std::u32string_view term) const;

 private:
  using Units = std::unordered_map<std::uint64_t, std::uint32_t>;
  void Add(std::u32string_view text, Units& units, std::uint64_t& all) const;

  bool letters_;
  Units label_units_;
  Units text_units_;
  std::uint64_t labels_ = 0;
  std::uint64_t texts_ = 0;
};

}  // namespace sakuin::thesaurus

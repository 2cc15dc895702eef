#include "indexer/thesaurus/mining/termhood.h"

#include <algorithm>
#include <cmath>

#include "indexer/text/char_class.h"

namespace sakuin::thesaurus {
namespace {

// Beyond this, how often a term stands says more.
constexpr double kLeast = 0.05;
constexpr double kMost = 8;

bool IsSeparator(char32_t c) { return text::ClassOf(c) == text::CharClass::kSeparator; }

// Calls take(unit) for every unit. Three letters are packed into one number; a word's edge counts
// as a letter.
template <typename Take>
void ForUnits(std::u32string_view text, bool letters, Take&& take) {
  const auto at = [&](std::size_t i) -> std::uint64_t {
    return i >= text.size() || IsSeparator(text[i]) ? U' ' : text[i];
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsSeparator(text[i])) continue;
    if (!letters) {
      take(static_cast<std::uint64_t>(text[i]));
    } else {
      take(((i == 0 ? U' ' : at(i - 1)) << 42U) | (at(i) << 21U) | at(i + 1));
    }
  }
}

}  // namespace

void Termhood::Add(std::u32string_view text, Units& units, std::uint64_t& all) const {
  ForUnits(text, letters_, [&](std::uint64_t unit) {
    ++units[unit];
    ++all;
  });
}

double Termhood::Of(std::u32string_view term) const {
  const auto share = [](const Units& units, std::uint64_t all, std::uint64_t unit) {
    const auto found = units.find(unit);
    const double count = found == units.end() ? 0 : found->second;
    return (count + 0.5) / (static_cast<double>(all) + 0.5 * static_cast<double>(units.size()) + 1);
  };
  double sum = 0;
  double number = 0;
  ForUnits(term, letters_, [&](std::uint64_t unit) {
    sum += std::log(share(label_units_, labels_, unit) / share(text_units_, texts_, unit));
    ++number;
  });
  return number == 0 ? 1 : std::clamp(std::exp(sum / number), kLeast, kMost);
}

}  // namespace sakuin::thesaurus

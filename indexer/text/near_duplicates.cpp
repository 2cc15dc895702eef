#include "indexer/text/near_duplicates.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "indexer/base/mix.h"
#include "indexer/text/char_class.h"

namespace sakuin::text {
namespace {

using model::kSketchValues;

// A text of fewer units has fewer bands, so that fingerprints grow with texts: at least this many
// bands, and one for so many units.
constexpr std::size_t kLeastBands = 10;
constexpr std::size_t kUnitsOfBand = 15;

// The estimate is trusted where the threshold is so many standard deviations away from it.
constexpr double kDeviations = 3;

std::uint64_t DigestOf(const std::vector<std::uint64_t>& units, std::uint64_t seed) {
  std::uint64_t h = seed;
  for (const std::uint64_t unit : units) h = Mix(h ^ unit) + 0x9e3779b97f4a7c15ULL;
  return h == 0 ? 1 : h;  // 0 is "no text"
}

void AppendUnits(std::u32string_view folded, std::vector<std::uint64_t>& out) {
  std::uint64_t run = 0;
  const auto end_run = [&run, &out] {
    if (run == 0) return;
    out.push_back(run);
    out.push_back(Mix(run));
    run = 0;
  };
  for (const char32_t c : folded) {
    const CharClass kind = ClassOf(c);
    if (kind == CharClass::kSpaced) {
      run = Mix(run + c + 1);
      continue;
    }
    end_run();
    if (kind == CharClass::kUnspaced) out.push_back(Mix(c));
  }
  end_run();
}

// Round i < t throws every gram into one of t bins, round t + i into bin i; a bin keeps its least
// value of the earliest round. Ends with the first round after which no bin is empty.
std::vector<std::uint32_t> Sketch(const Grams& grams) {
  constexpr std::uint64_t kEmpty = UINT64_MAX;
  std::array<std::uint64_t, kSketchValues> bins;
  bins.fill(kEmpty);
  for (std::uint64_t round = 0; round < 2 * kSketchValues; ++round) {
    const std::uint64_t seed = Mix(round + 1);
    for (const std::uint32_t gram : grams) {
      const std::uint64_t h = Mix(gram ^ seed);
      const std::uint64_t bin =
          round < kSketchValues ? ((h >> 32U) * kSketchValues) >> 32U : round - kSketchValues;
      bins[bin] = std::min(bins[bin], (round << 32U) | (h & 0xffffffffU));
    }
    if (std::find(bins.begin(), bins.end(), kEmpty) == bins.end()) break;
  }
  std::vector<std::uint32_t> out;
  for (const std::uint64_t value : bins) out.push_back(static_cast<std::uint32_t>(Mix(value)));
  return out;
}

// Sizes of two sets of grams, and of what they share.
bool AreAlike(double shared, double small, double large) {
  const double stock = std::min(kStockGrams, kMostStock * small);
  const double more = shared - stock;
  if (more >= kLeastResemblance * (small + large - shared - stock)) return true;
  return small >= kLeastSizeRatio * large && more >= kLeastContainment * (small - stock);
}

// Without branches on the values, which no processor can foresee: several times as fast.
std::size_t Shared(const Grams& a, const Grams& b) {
  std::size_t same = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const std::uint32_t of_a = a[i];
    const std::uint32_t of_b = b[j];
    same += static_cast<std::size_t>(of_a == of_b);
    i += static_cast<std::size_t>(of_a <= of_b);
    j += static_cast<std::size_t>(of_b <= of_a);
  }
  return same;
}

// As many grams as two sets share whose resemblance is this.
double SharedOf(double resemblance, double small, double large) {
  return std::clamp(resemblance / (1 + resemblance) * (small + large), 0.0, small);
}

}  // namespace

void GramCollector::Add(std::u32string_view folded) { AppendUnits(folded, units_); }

Grams GramCollector::Collect() const {
  Grams out;
  if (units_.size() < kUnitsOfGram) return out;
  out.reserve(units_.size() - kUnitsOfGram + 1);
  for (std::size_t i = 0; i + kUnitsOfGram <= units_.size(); ++i) {
    std::uint64_t h = 0;
    for (std::size_t j = 0; j < kUnitsOfGram; ++j) h = h * 0x9e3779b97f4a7c15ULL + units_[i + j];
    out.push_back(static_cast<std::uint32_t>(Mix(h)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

model::Fingerprint GramCollector::Fingerprint(std::u32string_view folded_title) const {
  model::Fingerprint out;
  if (units_.empty()) return out;
  if (units_.size() < kLeastUnits) {
    std::vector<std::uint64_t> title;
    AppendUnits(folded_title, title);
    out.digest = DigestOf(units_, DigestOf(title, 1));
    return out;
  }
  out.digest = DigestOf(units_, 0);
  const Grams grams = Collect();
  out.grams = static_cast<std::uint32_t>(grams.size());
  out.sketch = Sketch(grams);
  const std::size_t bands = std::max(kLeastBands, units_.size() / kUnitsOfBand);
  out.sketch.resize(std::min(kSketchValues, 2 * bands));
  return out;
}

double EstimateResemblance(const model::Fingerprint& a, const model::Fingerprint& b) {
  if (a.digest == 0 || b.digest == 0) return 0;
  if (a.digest == b.digest) return 1;
  const std::size_t both = std::min(a.sketch.size(), b.sketch.size());
  if (both == 0) return 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < both; ++i) same += a.sketch[i] == b.sketch[i] ? 1 : 0;
  return static_cast<double>(same) / static_cast<double>(both);
}

Verdict Compare(const model::Fingerprint& a, const model::Fingerprint& b) {
  if (a.digest == 0 || b.digest == 0) return Verdict::kDifferent;
  if (a.digest == b.digest) return Verdict::kDuplicate;
  if (a.grams == 0 || b.grams == 0) return Verdict::kDifferent;
  const double estimate = EstimateResemblance(a, b);
  const auto values = static_cast<double>(std::min(a.sketch.size(), b.sketch.size()));
  // At least the deviation of one equal value, so that none equal is no certainty.
  const double share = std::max(estimate, 1 / values);
  const double off = kDeviations * std::sqrt(share * (1 - std::min(share, 1.0)) / values);
  const double small = std::min(a.grams, b.grams);
  const double large = std::max(a.grams, b.grams);
  if (!AreAlike(SharedOf(estimate + off, small, large), small, large)) return Verdict::kDifferent;
  if (AreAlike(SharedOf(estimate - off, small, large), small, large)) return Verdict::kDuplicate;
  return Verdict::kUnsure;
}

Verdict Compare(const Grams& a, const Grams& b) {
  if (a.empty() || b.empty()) return Verdict::kDifferent;
  const auto of_a = static_cast<double>(a.size());
  const auto of_b = static_cast<double>(b.size());
  const bool alike =
      AreAlike(static_cast<double>(Shared(a, b)), std::min(of_a, of_b), std::max(of_a, of_b));
  return alike ? Verdict::kDuplicate : Verdict::kDifferent;
}

}  // namespace sakuin::text

#include "indexer/text/near_duplicates.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::text {
namespace {

GramCollector Collected(const std::string& text) {
  GramCollector out;
  out.Add(test::SharedRules().folding().Fold(text).chars);
  return out;
}

bool ShareBand(const model::Fingerprint& a, const model::Fingerprint& b) {
  const auto of_a = model::BandKeys(a);
  const auto of_b = model::BandKeys(b);
  return std::any_of(of_a.begin(), of_a.end(), [&of_b](std::uint64_t key) {
    return std::binary_search(of_b.begin(), of_b.end(), key);
  });
}

TEST_CASE("near-duplicates are told from other texts as their case rows say", "[text][data]") {
  const TsvRow row = GENERATE(from_range(test::LoadCases("text/near_duplicates.tsv", 3, 4)));
  CAPTURE(row.where, row.fields[1]);
  const GramCollector a = Collected(row.fields[2]);
  const GramCollector b = Collected(row.fields.size() > 3 ? row.fields[3] : "");
  const model::Fingerprint print_a = a.Fingerprint({});
  const model::Fingerprint print_b = b.Fingerprint({});
  const Verdict first = Compare(print_a, print_b);
  CHECK(first == Compare(print_b, print_a));
  const Verdict verdict = first == Verdict::kUnsure ? Compare(a.Collect(), b.Collect()) : first;
  const bool same = row.fields[0] == "same";
  REQUIRE((same || row.fields[0] == "different"));
  CHECK(verdict == (same ? Verdict::kDuplicate : Verdict::kDifferent));
  if (same) CHECK(ShareBand(print_a, print_b));
}

TEST_CASE("a short text is recognised together with its title only", "[text]") {
  const GramCollector text = Collected("rest the knee");
  CHECK(text.Fingerprint(U"one") == Collected("Rest the KNEE!").Fingerprint(U"one"));
  CHECK(text.Fingerprint(U"one") != text.Fingerprint(U"two"));
  CHECK(text.Fingerprint(U"one").sketch.empty());
  CHECK(model::BandKeys(text.Fingerprint(U"one")).size() == 1);
  CHECK(model::BandKeys(Collected(" ...\n").Fingerprint(U"one")).empty());
}

TEST_CASE("where a text is cut into sections makes no difference", "[text]") {
  const std::string whole = test::LoadCases("text/near_duplicates.tsv", 3, 4)[0].fields[2];
  const std::u32string folded = test::SharedRules().folding().Fold(whole).chars;
  GramCollector parts;
  for (std::size_t at = 0; at < folded.size(); at += 37) {
    parts.Add(std::u32string_view(folded).substr(at, 37));
  }
  CHECK(parts.Fingerprint({}) == Collected(whole).Fingerprint({}));
}

// Han characters at random: a gram of one text is in another only where it was put there.
std::u32string RandomHan(std::mt19937& random, std::size_t count) {
  std::uniform_int_distribution<std::uint32_t> any(0x4E00, 0x9FA5);
  std::u32string out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<char32_t>(any(random)));
  return out;
}

TEST_CASE("sketches estimate the resemblance of the grams", "[text][property]") {
  std::mt19937 random(7);
  double error = 0;
  double squares = 0;
  constexpr int kPairs = 400;
  for (int i = 0; i < kPairs; ++i) {
    const std::u32string common = RandomHan(random, 50 + random() % 900);
    GramCollector a;
    GramCollector b;
    a.Add(common + RandomHan(random, 80 + random() % 500));
    b.Add(common + RandomHan(random, 80 + random() % 500));
    const Grams grams_a = a.Collect();
    const Grams grams_b = b.Collect();
    Grams both;
    std::set_intersection(grams_a.begin(), grams_a.end(), grams_b.begin(), grams_b.end(),
                          std::back_inserter(both));
    const auto shared = static_cast<double>(both.size());
    const double exact = shared / (static_cast<double>(grams_a.size() + grams_b.size()) - shared);
    const double off = EstimateResemblance(a.Fingerprint({}), b.Fingerprint({})) - exact;
    error += off / kPairs;
    squares += off * off / kPairs;
    const Verdict sure = Compare(a.Fingerprint({}), b.Fingerprint({}));
    if (sure != Verdict::kUnsure) CHECK(sure == Compare(grams_a, grams_b));
  }
  CHECK(std::abs(error) < 0.01);
  CHECK(std::sqrt(squares) < 0.07);
}

}  // namespace
}  // namespace sakuin::text

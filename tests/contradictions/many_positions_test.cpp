// Many different positions on one matter are compared by shapes and by those that stand for others:
// the findings and the articles of each side are those of asking every pair.

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include "indexer/thesaurus/thesaurus.h"
#include "query/contradictions/joins/choice.h"
#include "query/contradictions/tensions.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::vector<Witness> Make(std::size_t count) {
    std::vector<Witness> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(One(i));
    return out;
  }

 private:
  unsigned Below(unsigned end) { return static_cast<unsigned>(random_() % end); }

  Witness One(std::size_t i) {
    Witness out;
    // Three of an article, two of a section; every twentieth article is a copy of the first.
    out.document_id = "d" + std::to_string(i / 3);
    out.source = i / 3 % 20 == 19 ? "d0" : out.document_id;
    out.section_id = out.document_id + "#" + std::to_string(i % 3 / 2);
    out.id = out.folded_quote = "w" + std::to_string(i);
    model::Advice& a = out.advice.Own();
    static const char* const kActions[] = {"massage", "massage", "massage", "cold", "heat"};
    static const char* const kConditions[] = {"muscle-cramp", "muscle-strain",
                                              "calf-muscle-strain"};
    a.action = kActions[Below(5)];
    if (Below(12) > 0) a.conditions.push_back(kConditions[Below(3)]);
    a.for_it = Below(3) > 0;
    a.stance = a.for_it ? model::Stance::kRecommend : model::Stance::kAvoid;
    if (Below(6) == 0) a.stance = model::Stance::kConditional;
    a.strength = static_cast<model::Strength>(Below(3));
    a.implicit = Below(4) == 0;
    if (Below(4) == 0) a.phase = static_cast<model::Phase>(Below(5));
    if (Below(20) == 0) a.population = "children";
    if (Below(3) == 0) {
      a.window.emplace();
      (Below(2) == 0 ? a.window->to_hours : a.window->from_hours) = 24.0 * (1 + Below(7));
    }
    if (Below(3) == 0) {
      const double low = 1 + Below(30);
      const auto part = static_cast<model::DosePart>(Below(3));
      a.dose.push_back({part, low, low + Below(6)});
    }
    a.quote.begin = static_cast<std::uint32_t>(i % 3 * 100);
    return out;
  }

  std::mt19937_64 random_;
};

using Sides = std::pair<std::set<std::string>, std::set<std::string>>;

// In focus every pair is asked: the articles of each side, by finding.
std::map<std::string, Sides> AskEveryPair(const std::vector<Witness>& all,
                                          const TensionRules& rules) {
  std::map<std::string, Sides> out;
  const TensionSet found = FindTensionsOf(all, all.size(), rules);
  for (const Tension& t : found.tensions) {
    out[t.cluster].first.insert(all[t.a].source);
    out[t.cluster].second.insert(all[t.b].source);
  }
  return out;
}

std::size_t Apart(std::size_t x, std::size_t y) { return x > y ? x - y : y - x; }

TEST_CASE("of many positions, findings and counts are those of every pair", "[contradictions]") {
  const auto thesaurus = thesaurus::Thesaurus::Load(test::RepositoryPath("corpus"));
  const auto rules = TensionRules::Load(test::RepositoryPath("corpus"), *thesaurus);
  for (const unsigned seed : {1U, 2U}) {
    const std::vector<Witness> all = Maker(seed).Make(1200);
    const auto expected = AskEveryPair(all, *rules);
    const TensionSet found = FindTensions(all, *rules);
    REQUIRE(found.findings.size() > 20);
    CHECK(found.findings.size() == expected.size());
    for (const Finding& finding : found.findings) {
      const Tension& best = found.tensions[finding.tensions[0]];
      INFO(best.action << " " << best.condition << " "
                       << kKinds[static_cast<std::size_t>(best.kind)]);
      const auto sides = expected.find(finding.id);
      REQUIRE(sides != expected.end());
      // Of two windows of one direction whichever article comes first is the first side, so that
      // it depends on the very partners who is on which; all else is exact.
      const std::size_t off = best.kind == Kind::kTimingWindow ? 3 : 0;
      CHECK(Apart(finding.sources_for, sides->second.first.size()) <= off);
      CHECK(Apart(finding.sources_against, sides->second.second.size()) <= off);
    }
  }
}

TEST_CASE("those that stand for many have the smallest and the largest amounts and every window",
          "[contradictions]") {
  std::vector<model::Advice> all(500);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double amount = static_cast<double>((i * 37) % 499 + 1);
    all[i].dose.push_back({model::DosePart::kSets, amount, amount});
    all[i].window.emplace();
    all[i].window->to_hours = static_cast<double>(i % 10);
    all[i].implicit = i % 5 > 0;
  }
  const auto chosen =
      ChooseSome(all.size(), 32, [&](std::size_t i) -> const model::Advice& { return all[i]; });
  REQUIRE(chosen.size() == 32);
  CHECK(std::is_sorted(chosen.begin(), chosen.end()));
  std::set<double> windows;
  std::set<double> amounts;
  for (const std::size_t i : chosen) {
    windows.insert(*all[i].window->to_hours);
    amounts.insert(*all[i].dose[0].low);
  }
  CHECK(windows.size() == 10);
  CHECK(*amounts.begin() == 1);
  CHECK(*amounts.rbegin() == 499);
  CHECK(ChooseSome(3, 32, [&](std::size_t i) -> const model::Advice& { return all[i]; }).size() ==
        3);
}

}  // namespace
}  // namespace sakuin::contradictions

// The parts of the pages that are pure: what an address asks for, the matrix, who may try a token.

#include <numeric>

#include "query/web/contradictions/asked.h"
#include "query/web/contradictions/matrix.h"
#include "query/web/login.h"
#include "tests/support/catch.h"

namespace sakuin::web {
namespace {

TEST_CASE("an address and what it asks for are two forms of the same", "[web]") {
  const std::string query =
      "condition=knee-pain&action=ice&kind=dose&severity=high&state=changed&languages=ja%2Bzh&cell="
      "knee-pain%2Bice";
  CHECK(Asked::Read(server::Parameters::Parse(query)).Query() == query);
  CHECK(Asked().empty());
  CHECK(Asked().Address("/contradictions") == "/contradictions");
}

TEST_CASE("words that mean nothing in an address ask for nothing", "[web]") {
  const auto asked = Asked::Read(server::Parameters::Parse(
      "kind=quarrel&severity=fatal&state=undo&after=x&csrf=1&action=a b&cell=ice"));
  CHECK(asked.Query() == "action=a%20b");
}

// Findings of one pair each, about these.
class Findings {
 public:
  void Add(const std::string& condition, const std::string& action, int times) {
    for (int i = 0; i < times; ++i) {
      auto tension = std::make_unique<contradictions::Tension>();
      tension->condition = condition;
      tension->action = action;
      list_.push_back({&about_, tension.get(), {tension.get()}});
      tensions_.push_back(std::move(tension));
    }
  }
  // From here on about two alternatives, named by these.
  void Ask(const std::string& first, const std::string& second) {
    about_.sides[0].action = first;
    about_.sides[1].action = second;
  }
  const std::vector<contradictions::SelectedFinding>& list() const { return list_; }

 private:
  contradictions::Finding about_;
  std::vector<std::unique_ptr<contradictions::Tension>> tensions_;
  std::vector<contradictions::SelectedFinding> list_;
};

std::size_t SumOf(const std::vector<std::size_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::size_t{0});
}

TEST_CASE("the matrix counts every finding once, also those it shows as others", "[web]") {
  Findings findings;
  findings.Add("knee-pain", "ice", 3);
  findings.Add("knee-pain", "heat", 2);
  findings.Add("sprain", "ice", 1);
  findings.Add("cramp", "stretching", 1);
  findings.Add("", "massage", 1);
  const Matrix whole = CountMatrix(findings.list());
  CHECK(whole.total == 8);
  CHECK(whole.conditions.front() == "knee-pain");
  CHECK(whole.actions.front() == "ice");
  CHECK(whole.cells.at({0, 0}) == 3);
  for (const std::size_t most : {1U, 2U, 3U, 9U}) {
    const Matrix shown = Largest(whole, most, most);
    CHECK(shown.conditions.size() == std::min<std::size_t>(most, 4));
    CHECK(SumOf(shown.of_condition) == 8);
    CHECK(SumOf(shown.of_action) == 8);
    std::size_t cells = 0;
    for (const auto& [place, count] : shown.cells) {
      cells += count;
      CHECK(place.first < shown.conditions.size());
      CHECK(place.second < shown.actions.size());
    }
    CHECK(cells == 8);
  }
  const Matrix two = Largest(whole, 2, 2);
  CHECK(two.conditions == std::vector<std::string>{"knee-pain", kOthers});
  CHECK(two.cells.at({0, 0}) == 3);
  CHECK(two.cells.at({1, 0}) == 1);
}

TEST_CASE("a finding about two alternatives is counted under the first of them", "[web]") {
  Findings findings;
  findings.Add("knee-pain", "bed-rest", 1);
  CHECK(CountMatrix(findings.list()).actions == std::vector<std::string>{"bed-rest"});
  findings.Ask("rest", "light-movement");
  CHECK(CountMatrix(findings.list()).actions == std::vector<std::string>{"rest"});
}

TEST_CASE("after five wrong tokens in a minute an address has to wait", "[web]") {
  Attempts attempts;
  auto now = Attempts::Clock::now();
  for (std::size_t i = 0; i < Attempts::kMostWrong; ++i) {
    REQUIRE(attempts.MayTry("a", now));
    attempts.Failed("a", now);
    now += std::chrono::seconds(1);
  }
  CHECK_FALSE(attempts.MayTry("a", now));
  CHECK(attempts.MayTry("b", now));
  CHECK(attempts.MayTry("a", now + Attempts::kWithin));
  attempts.Failed("a", now + Attempts::kWithin);
  CHECK(attempts.MayTry("a", now + Attempts::kWithin));
}

}  // namespace
}  // namespace sakuin::web

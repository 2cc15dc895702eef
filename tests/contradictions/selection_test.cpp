// What is asked for of many findings, page by page.

#include "query/contradictions/selection.h"

#include <set>

#include "query/contradictions/decisions/states.h"
#include "tests/support/catch.h"

namespace sakuin::contradictions {
namespace {

std::string Id(std::size_t number) {
  std::string out = std::to_string(number);
  return std::string(16 - out.size(), '0') + out;
}

// Findings of one to three pairs each, in the order of the law, with ties of score and severity.
class Board {
 public:
  Board() {
    Add("cold", "zh-Hans", true);
    Add("cold", "zh-Hant", false);
    Add("heat", "ja", false);
    for (std::size_t i = 0; i < 12; ++i) AddFinding(i);
  }
  std::vector<SelectedFinding> Select(const TensionFilter& filter) const {
    return SelectFindings(found_, witnesses_, filter);
  }
  std::set<std::string> Ids(const TensionFilter& filter) const {
    std::set<std::string> out;
    for (const SelectedFinding& one : Select(filter)) {
      for (const Tension* const t : one.tensions) out.insert(t->id);
    }
    return out;
  }
  TensionSet& found() { return found_; }

 private:
  void Add(const std::string& action, const std::string& language, bool is_for) {
    Witness one;
    one.advice.Own().action = action;
    one.advice.Own().for_it = is_for;
    one.language = language;
    witnesses_.push_back(one);
  }
  void AddFinding(std::size_t i) {
    Finding finding;
    finding.id = Id(i);
    for (std::size_t k = 0; k <= i % 3; ++k) {
      Tension t;
      t.id = Id(100 + found_.tensions.size());
      t.cluster = finding.id;
      t.kind = i < 8 ? Kind::kOppositeStance : Kind::kConditionalResolved;
      t.severity = i < 4 ? Severity::kHigh : i < 8 ? Severity::kMedium : Severity::kLow;
      t.score = 1.25 - static_cast<double>(i / 2) * 0.1 - static_cast<double>(k) * 0.01;
      t.condition = i % 2 == 0 ? "ankle-sprain" : "";
      t.a = 0;
      t.b = 1 + k % 2;
      finding.tensions.push_back(found_.tensions.size());
      found_.tensions.push_back(std::move(t));
    }
    found_.findings.push_back(std::move(finding));
  }

  std::vector<Witness> witnesses_;
  TensionSet found_;
};

TEST_CASE("a filter asks of every pair what it says", "[contradictions][selection]") {
  Board board;
  const auto count = [&board](const TensionFilter& filter) { return board.Ids(filter).size(); };
  TensionFilter filter;
  CHECK(count(filter) == board.found().tensions.size());
  CHECK(count(filter) == 24);
  filter.severity = Severity::kHigh;
  CHECK(count(filter) == 7);
  filter.kind = Kind::kConditionalResolved;
  CHECK(count(filter) == 0);
  filter = {};
  filter.cross_language = true;  // two scripts are one language
  CHECK(count(filter) == 8);
  filter = {};
  filter.actions = {"heat"};
  CHECK(count(filter) == 8);
  filter.conditions = {"ankle-sprain", "sprain"};
  CHECK(count(filter) == 4);
}

TEST_CASE("what is decided is asked for by its state", "[contradictions][selection]") {
  Board board;
  const auto decided = [](const char* state) {
    auto out = std::make_shared<Decided>();
    out->state = state;
    return out;
  };
  board.found().tensions[0].decided = decided("fixed");
  board.found().tensions[1].decided = decided("changed");
  TensionFilter filter;
  CHECK(board.Ids(filter).size() == 23);
  filter.states = {"fixed"};
  CHECK(board.Ids(filter) == std::set<std::string>{board.found().tensions[0].id});
  filter.states = {"open"};
  CHECK(board.Ids(filter).size() == 22);
  filter.states = {"fixed", "all"};
  CHECK(board.Ids(filter).size() == 24);
}

// Pages of one size each, joined.
std::vector<const Tension*> Walk(const std::vector<SelectedFinding>& all, std::size_t limit) {
  std::vector<const Tension*> out;
  PageRequest request{limit, ""};
  for (;;) {
    const auto page = PageOfPairs(all, request);
    REQUIRE(page);
    CHECK(page->total == 24);
    CHECK(page->findings == 12);
    CHECK(page->pairs.size() <= limit);
    out.insert(out.end(), page->pairs.begin(), page->pairs.end());
    if (page->next.empty()) return out;
    REQUIRE_FALSE(page->pairs.empty());
    request.after = page->next;
  }
}

TEST_CASE("pages joined are the list, the best pair of each finding first",
          "[contradictions][selection]") {
  Board board;
  const auto all = board.Select({});
  const auto list = Walk(all, 1000);
  REQUIRE(list.size() == 24);
  for (std::size_t i = 0; i < 12; ++i) CHECK(list[i]->cluster == Id(i));
  for (const std::size_t limit : {1U, 2U, 5U, 12U, 13U, 23U, 24U}) CHECK(Walk(all, limit) == list);
  const auto none = PageOfPairs(all, {0, ""});
  REQUIRE(none);
  CHECK(none->pairs.empty());
  CHECK(none->total == 24);
}

TEST_CASE("a cursor holds when the entry that it stands behind was decided",
          "[contradictions][selection]") {
  Board board;
  const auto before = board.Select({});
  for (const std::size_t size : {1U, 4U, 11U}) {
    const auto first = PageOfFindings(before, {size, ""});
    REQUIRE(first);
    REQUIRE(first->findings.size() == size);
    CHECK(first->total == 12);
    for (const std::size_t i : first->findings.back()->finding->tensions) {
      auto fixed = std::make_shared<Decided>();
      fixed->state = "fixed";
      board.found().tensions[i].decided = std::move(fixed);
    }
    const auto after = board.Select({});
    const auto second = PageOfFindings(after, {1, first->next});
    REQUIRE(second);
    REQUIRE(second->findings.size() == 1);
    CHECK(second->findings[0]->finding->id == Id(size));
  }
}

TEST_CASE("what is no cursor is said to be none", "[contradictions][selection]") {
  Board board;
  const auto all = board.Select({});
  const std::string good = PageOfFindings(all, {1, ""})->next;
  CHECK(PageOfPairs(all, {1, good})->pairs[0]->cluster == Id(1));
  for (const std::string& bad : {std::string("x"), good.substr(1), good + "0", "g" + good.substr(1),
                                 good.substr(0, good.size() - 1) + "-"}) {
    CHECK_FALSE(PageOfFindings(all, {1, bad}));
    CHECK_FALSE(PageOfPairs(all, {1, bad}));
  }
}

}  // namespace
}  // namespace sakuin::contradictions

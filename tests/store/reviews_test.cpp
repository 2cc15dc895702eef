#include "indexer/store/reviews.h"

#include <algorithm>

#include "indexer/store/finding_index.h"
#include "indexer/store/open.h"
#include "indexer/store/sqlite/database.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::store {
namespace {

Review Entry(const std::string& target, const std::string& at) {
  Review out;
  out.target = target;
  out.state = "confirmed";
  out.note = "why \"not\"\n";
  out.by = "kim";
  out.at = at;
  out.pairs.push_back({target,
                       "dose",
                       "massage",
                       "",
                       {"d1", "d1#2", "rub it", "k1"},
                       {"d2", "d2#0", "do not", "k2"}});
  out.pairs.push_back(out.pairs[0]);
  out.pairs[1].b.quote = "never";
  out.quotes = {"k3", "k4"};
  return out;
}

std::string Make(const test::TempDir& temp, const std::string& name) {
  const std::string kb = temp.File(name);
  REQUIRE(OpenWriter(kb, true));
  return kb;
}

std::vector<std::string> Ids(const std::string& kb) {
  std::vector<std::string> out;
  const auto all = ReadReviews(kb);
  REQUIRE(all);
  for (const Review& review : *all) {
    CHECK(review.id == ReviewId(review));
    out.push_back(review.id);
  }
  return out;
}

TEST_CASE("reviews come back as they were given, by time", "[store]") {
  const test::TempDir temp;
  const std::string kb = Make(temp, "k.db");
  CHECK(ReadReviews(kb)->empty());
  CHECK_FALSE(ReadReviews(temp.File("none.db")));
  CHECK_FALSE(AddReviews(temp.File("none.db"), {Entry("t", "2026")}));
  CHECK(AddReviews(kb, {Entry("late", "2026-02"), Entry("early", "2026-01")}) == 2U);
  const auto all = ReadReviews(kb);
  REQUIRE(all);
  REQUIRE(all->size() == 2);
  const Review& first = all->front();
  CHECK(first.target == "early");
  CHECK(first.note == "why \"not\"\n");
  REQUIRE(first.pairs.size() == 2);
  CHECK(first.pairs[1].b.quote == "never");
  CHECK(first.pairs[0].a.section == "d1#2");
  CHECK(first.quotes == std::vector<std::string>{"k3", "k4"});
  CHECK(first.id == ReviewId(Entry("early", "2026-01")));
}

TEST_CASE("logs join without order and without doubles", "[store]") {
  const test::TempDir temp;
  const std::string one = Make(temp, "one.db");
  const std::string two = Make(temp, "two.db");
  const std::vector<Review> kim{Entry("a", "2026-01"), Entry("b", "2026-03")};
  const std::vector<Review> lee{Entry("c", "2026-02"), Entry("a", "2026-01")};
  CHECK(AddReviews(one, kim) == 2U);
  CHECK(AddReviews(one, lee) == 1U);
  CHECK(AddReviews(one, kim) == 0U);
  CHECK(AddReviews(two, lee) == 2U);
  CHECK(AddReviews(two, kim) == 1U);
  CHECK(Ids(one) == Ids(two));
  CHECK(Ids(one).size() == 3);
}

TEST_CASE("the pairs of all findings are remembered for one generation", "[store]") {
  const test::TempDir temp;
  const std::string kb = Make(temp, "k.db");
  const std::int64_t now = (*OpenReader(kb))->Info()->generation;
  CHECK_FALSE(ReadFindingIndex(kb)->has_value());
  REQUIRE(WriteFindingIndex(kb, now + 1, {{1, 2, 3, 4}}));
  CHECK_FALSE(ReadFindingIndex(kb)->has_value());
  const std::uint64_t high = IdToNumber("fedcba9876543210");
  REQUIRE(WriteFindingIndex(kb, now, {{1, 2, 3, 4}, {high, 0, 5, high}}));
  const auto read = ReadFindingIndex(kb);
  REQUIRE(read);
  REQUIRE(read->has_value());
  REQUIRE((*read)->size() == 2);
  CHECK((**read)[1].tension == high);
  CHECK((**read)[1].a == 5);
  CHECK(NumberToId(high) == "fedcba9876543210");
  CHECK(NumberToId(7) == "0000000000000007");
  // The first of a generation stays; a verdict makes no new one, a change of articles does.
  REQUIRE(WriteFindingIndex(kb, now, {}));
  REQUIRE(AddReviews(kb, {Entry("a", "2026-01")}));
  CHECK((*ReadFindingIndex(kb))->size() == 2);
  auto db = Database::Open(kb, OpenMode::kWrite);
  REQUIRE(db->Execute("REPLACE INTO info VALUES ('generation', '7')"));
  CHECK_FALSE(ReadFindingIndex(kb)->has_value());
}

TEST_CASE("nothing is taken out of the log or changed, and verify would see it", "[store]") {
  const test::TempDir temp;
  const std::string kb = Make(temp, "k.db");
  REQUIRE(AddReviews(kb, {Entry("a", "2026-01")}));
  const auto problems = [&kb] { return (*OpenReader(kb))->Verify()->size(); };
  CHECK(problems() == 0);
  auto db = Database::Open(kb, OpenMode::kWrite);
  REQUIRE(db);
  for (const char* change :
       {"DELETE FROM review", "DELETE FROM review_pair", "UPDATE review SET state = 'fixed'",
        "UPDATE review_pair SET a_quote = ''", "DELETE FROM review_quote",
        "UPDATE review_quote SET quote_key = ''"}) {
    INFO(change);
    CHECK_FALSE(db->Execute(change));
  }
  CHECK(Ids(kb).size() == 1);
  SECTION("a changed pair") {
    REQUIRE(db->Execute("DROP TRIGGER review_pair_is_fixed; UPDATE review_pair SET b_quote = 'x'"));
    CHECK(problems() == 1);
  }
  SECTION("pairs of nothing") {
    REQUIRE(
        db->Execute("DROP TRIGGER review_stays; PRAGMA foreign_keys = OFF; "
                    "DELETE FROM review"));
    CHECK(problems() >= 1);
  }
}

}  // namespace
}  // namespace sakuin::store

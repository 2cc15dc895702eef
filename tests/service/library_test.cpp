#include "query/service/library.h"

#include "query/server/problem.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::service {
namespace {

std::string Articles(const std::string& folder) {
  return test::RepositoryPath("corpus/articles/" + folder);
}

Place PlaceOf(const test::SearchFixture& fixture) {
  Place out;
  out.kb = fixture.kb();
  out.data_dir = test::RepositoryPath("corpus");
  return out;
}

results::SearchRequest Ask(const std::string& query) {
  results::SearchRequest out;
  out.query = query;
  return out;
}

TEST_CASE("desks share what was found, until somebody commits", "[service]") {
  test::SearchFixture fixture({Articles("en")});
  const auto library = Library::Open(PlaceOf(fixture));
  REQUIRE(library);
  const auto one = Desk::Open(**library);
  const auto other = Desk::Open(**library);
  REQUIRE(one);
  REQUIRE(other);
  const auto first = (*one)->Search(Ask("pain"));
  REQUIRE(first);
  const auto again = (*other)->Search(Ask("pain"));
  REQUIRE(again);
  CHECK(again->seconds == first->seconds);  // nobody has looked again
  CHECK(again->total == first->total);
  CHECK(again->hits.size() == first->hits.size());
  const auto findings = (*one)->FindingsNow();
  REQUIRE(findings);
  CHECK((*other)->FindingsNow()->get() == findings->get());
  CHECK((*one)->FindingsNow()->get() == findings->get());

  fixture.Ingest({Articles("ja")});
  CHECK(*(*one)->Generation() > (*findings)->generation);
  const auto later = (*one)->Search(Ask("pain"));
  REQUIRE(later);
  CHECK(later->seconds != first->seconds);
  const auto now = (*other)->FindingsNow();
  REQUIRE(now);
  CHECK((*now)->generation == *(*other)->Generation());
  CHECK((*now)->list->records.size() > (*findings)->list->records.size());
  CHECK((*one)->FindingsNow()->get() == now->get());
}

TEST_CASE("a verdict counts for every desk at once", "[service]") {
  test::SearchFixture fixture({Articles("en"), Articles("ja")});
  const auto library = Library::Open(PlaceOf(fixture));
  REQUIRE(library);
  const auto one = Desk::Open(**library);
  const auto other = Desk::Open(**library);
  REQUIRE((*one)->FindingsNow());
  REQUIRE((*other)->FindingsNow());
  const std::int64_t generation = *(*one)->Generation();
  for (std::size_t i = 1; i < 4; ++i) {
    store::Review review;
    review.target = "0123456789abcdef";
    review.state = "confirmed";
    review.at = "2026-01-0" + std::to_string(i) + "T00:00:00.000Z";
    REQUIRE(store::AddReviews(fixture.kb(), {review}));
    CHECK((*one)->FindingsNow().value()->log.size() == i);
    CHECK((*other)->FindingsNow().value()->log.size() == i);
  }
  CHECK(*(*one)->Generation() == generation);
}

TEST_CASE("findings are looked for beside who asks", "[service]") {
  test::SearchFixture fixture({Articles("en")});
  auto library = Library::Open(PlaceOf(fixture));
  REQUIRE(library);
  (*library)->findings().Prepare();
  (*library)->findings().Prepare();  // once is enough
  const auto desk = Desk::Open(**library);
  const auto findings = (*desk)->FindingsNow();
  REQUIRE(findings);
  CHECK((*findings)->generation == *(*desk)->Generation());
  (*library)->findings().Prepare();
  library = Library::Open(PlaceOf(fixture));  // ends while it is at work
  CHECK(library);
}

TEST_CASE("who asks before anything was found is told so, and not kept", "[service]") {
  test::SearchFixture fixture({Articles("en"), Articles("ja")});
  const auto library = Library::Open(PlaceOf(fixture));
  REQUIRE(library);
  (*library)->findings().set_patience(std::chrono::milliseconds(0));
  const auto desk = Desk::Open(**library);
  const auto lookout = Lookout::Open(**library);
  REQUIRE(lookout);
  CHECK((*lookout)->Now()->findings == -1);
  const auto early = (*desk)->FindingsNow();
  REQUIRE_FALSE(early);
  CHECK(early.error().code == ErrorCode::kLocked);
  CHECK(server::Problem(early.error()).status == 503);
  CHECK(server::Problem(early.error()).Header("Retry-After") == "2");
  (*library)->findings().set_patience(std::chrono::minutes(1));
  const auto findings = (*desk)->FindingsNow();  // which nobody had to ask for
  REQUIRE(findings);
  CHECK((*lookout)->Now()->findings == (*findings)->generation);
}

TEST_CASE("a lookout sees what others commit", "[service]") {
  test::SearchFixture fixture({Articles("en")});
  const auto library = Library::Open(PlaceOf(fixture));
  const auto lookout = Lookout::Open(**library);
  REQUIRE(lookout);
  const Version before = (*lookout)->Now().value();
  CHECK((*lookout)->Now().value() == before);
  store::Review review;
  review.target = "0123456789abcdef";
  review.state = "confirmed";
  review.at = "2026-01-01T00:00:00.000Z";
  REQUIRE(store::AddReviews(fixture.kb(), {review}));
  const Version decided = (*lookout)->Now().value();
  CHECK(decided.verdicts > before.verdicts);
  CHECK(decided.generation == before.generation);
  fixture.Ingest({Articles("ja")});
  CHECK((*lookout)->Now()->generation > before.generation);
  CHECK((*lookout)->Now()->verdicts == decided.verdicts);
}

TEST_CASE("a search ends by the library's time, and is not kept then", "[service]") {
  test::SearchFixture fixture({Articles("en")});
  const auto library = Library::Open(PlaceOf(fixture));
  REQUIRE(library);
  (*library)->set_query_time(std::chrono::milliseconds(0));
  const auto desk = Desk::Open(**library);
  const auto late = (*desk)->Search(Ask("pain"));
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::kTimeout);
  CHECK(server::StatusOf(late.error()) == 503);
  (*library)->set_query_time(std::chrono::minutes(10));
  CHECK((*desk)->Search(Ask("pain"))->total > 0);
}

}  // namespace
}  // namespace sakuin::service

#include <stdexcept>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::results {
namespace {

using backend::Deadline;

// What is found, as text; "timeout" where it took too long.
std::string Found(test::SearchFixture& fixture, const SearchRequest& request) {
  try {
    const SearchResult result = fixture.Search(request);
    std::string out = std::to_string(result.total) + " of " + result.interpreted;
    for (const Hit& hit : result.hits) out += " " + hit.record.section.Id(hit.record.document_id);
    return out;
  } catch (const std::runtime_error& error) {
    return std::string(error.what()).find("longer than it may") != std::string::npos ? "timeout"
                                                                                     : error.what();
  }
}

TEST_CASE("a search ends by its deadline, with everything or nothing, and the next one is whole",
          "[results]") {
  test::SearchFixture fixture({test::RepositoryPath("corpus/articles")});
  SearchRequest request;
  request.limit = 1000;
  for (const char* query : {"knee OR pain OR a* OR \"the\"", "the NEAR/50 of", "lang:en the",
                            "what helps against pain in the back of the knee at night"}) {
    INFO(query);
    request.query = query;
    request.deadline = {};
    const std::string whole = Found(fixture, request);
    request.deadline = Deadline::In(std::chrono::nanoseconds(0));
    CHECK(Found(fixture, request) == "timeout");
    // Wherever it is interrupted.
    int in_time = 0;
    for (int step = 1; step < 60; ++step) {
      request.deadline = Deadline::In(std::chrono::microseconds(step * step * step * 10));
      const std::string found = Found(fixture, request);
      if (found == whole) ++in_time;
      if (found != whole && found != "timeout") CHECK(found == whole);
    }
    CHECK(in_time > 0);
    request.deadline = {};
    CHECK(Found(fixture, request) == whole);
  }
}

}  // namespace
}  // namespace sakuin::results

#include "query/app/summary.h"
#include "tests/support/catch.h"

namespace sakuin::app {
namespace {

TEST_CASE("progress tells rate and time left where they can be known", "[app]") {
  CHECK(ProgressText({1000, 0, 1, 10'000'000, 40'000'000}, 5) ==
        "1000 documents, 2.0 MB/s, about 15 s left");
  // Packed: the files' own sizes say nothing.
  CHECK(ProgressText({1000, 2, 8, 10'000'000, 0}, 5) ==
        "1000 documents, 2 of 8 files, 2.0 MB/s, about 15 s left");
  CHECK(ProgressText({1000, 0, 1, 10'000'000, 0}, 5) == "1000 documents, 2.0 MB/s");
  CHECK(ProgressText({1, 0, 1, 10, 5}, 0) == "1 documents");
}

}  // namespace
}  // namespace sakuin::app

#include "indexer/base/ordered_queue.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

namespace sakuin {
namespace {

using Queue = OrderedQueue<int, int>;

// Some items take longer than others, so that later ones are done first.
int Slowly(int i) {
  if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
  return i * 2;
}

TEST_CASE("what several threads work on is taken in the order in which it came", "[pipeline]") {
  const int threads = GENERATE(1, 2, 5);
  Queue queue(10);
  std::vector<std::jthread> all;
  all.emplace_back([&] {
    for (int i = 0; i < 500; ++i) {
      if (!queue.Push(i, static_cast<std::uint64_t>(i % 4 + 1))) return;
    }
    queue.Close();
  });
  for (int t = 0; t < threads; ++t) all.emplace_back([&] { queue.Run(Slowly); });
  int next = 0;
  while (const auto out = queue.Take()) {
    REQUIRE(*out == 2 * next);
    ++next;
  }
  CHECK(next == 500);
}

TEST_CASE("no more is under way than the bound says, but one item always may be", "[pipeline]") {
  constexpr std::uint64_t kMost = 10;
  const std::uint64_t cost = GENERATE(std::uint64_t{3}, std::uint64_t{25});
  Queue queue(kMost);
  std::atomic<int> pushed{0};
  std::vector<std::jthread> all;
  all.emplace_back([&] {
    for (int i = 0; i < 100; ++i) {
      if (!queue.Push(i, cost)) return;
      ++pushed;
    }
    queue.Close();
  });
  all.emplace_back([&] { queue.Run([](int i) { return i; }); });
  const auto room = static_cast<int>(std::max(kMost / cost, std::uint64_t{1}));
  int taken = 0;
  while (queue.Take()) {
    // What was taken is under way until the next call.
    CHECK(pushed - taken <= room);
    ++taken;
  }
  CHECK(taken == 100);
}

TEST_CASE("a queue that is stopped lets everybody go", "[pipeline]") {
  Queue queue(2);
  std::vector<std::jthread> all;
  std::atomic<bool> refused{false};
  all.emplace_back([&] {
    while (queue.Push(1, 1)) {
    }
    refused = true;
    queue.Close();
  });
  for (int t = 0; t < 2; ++t) all.emplace_back([&] { queue.Run(Slowly); });
  REQUIRE(queue.Take());
  queue.Stop();
  CHECK_FALSE(queue.Take());
  all.clear();
  CHECK(refused);
}

TEST_CASE("an empty queue ends", "[pipeline]") {
  Queue queue(2);
  const std::jthread worker([&] { queue.Run(Slowly); });
  queue.Close();
  CHECK_FALSE(queue.Take());
}

}  // namespace
}  // namespace sakuin

#include "query/service/search_cache.h"

#include <thread>

#include "tests/support/catch.h"

namespace sakuin::service {
namespace {

using results::SearchRequest;
using results::SearchResult;

SearchRequest Ask(const std::string& query) {
  SearchRequest out;
  out.query = query;
  return out;
}

// Takes about so many bytes.
SearchCache::Kept Result(std::size_t total, std::size_t bytes = 1000) {
  auto out = std::make_shared<SearchResult>();
  out->total = total;
  out->hits.resize(1);
  out->hits[0].record.section.text = std::string(bytes, 'x');
  return out;
}

TEST_CASE("an answer is kept while its generation lasts", "[service]") {
  SearchCache cache;
  CHECK(cache.Find(1, Ask("a")) == nullptr);
  cache.Keep(1, Ask("a"), Result(5));
  REQUIRE(cache.Find(1, Ask("a")) != nullptr);
  CHECK(cache.Find(1, Ask("a"))->total == 5);
  CHECK(cache.Find(1, Ask("b")) == nullptr);
  CHECK(cache.Find(2, Ask("a")) == nullptr);
  cache.Keep(2, Ask("b"), Result(7));
  CHECK(cache.Find(1, Ask("a")) == nullptr);  // nobody asks for what was before
  cache.Keep(1, Ask("c"), Result(9));         // late: found in what was before
  CHECK(cache.Find(2, Ask("c")) == nullptr);
  CHECK(cache.Find(2, Ask("b"))->total == 7);
}

TEST_CASE("requests that differ in anything have answers of their own", "[service]") {
  std::vector<SearchRequest> all(1, Ask("knee"));
  const auto add = [&all](auto change) {
    all.push_back(Ask("knee"));
    change(all.back());
  };
  using plan::FilterField;
  add([](SearchRequest& r) { r.query = "knees"; });
  add([](SearchRequest& r) { r.after = "10.1.2"; });
  add([](SearchRequest& r) { r.ui_language = "ja"; });
  add([](SearchRequest& r) { r.limit = 20; });
  add([](SearchRequest& r) { r.sort = results::Sort::kDate; });
  add([](SearchRequest& r) { r.by_document = true; });
  add([](SearchRequest& r) { r.duplicates = true; });
  add([](SearchRequest& r) { r.expand = false; });
  add([](SearchRequest& r) { r.exact = true; });
  add([](SearchRequest& r) { r.free_text = true; });
  add([](SearchRequest& r) { r.facets = false; });
  add([](SearchRequest& r) { r.snippets = false; });
  add([](SearchRequest& r) { r.explain = true; });
  add([](SearchRequest& r) { r.filters = {{FilterField::kLanguage, {"ja"}}}; });
  add([](SearchRequest& r) { r.filters = {{FilterField::kSite, {"ja"}}}; });
  add([](SearchRequest& r) { r.filters = {{FilterField::kLanguage, {"ja", "en"}}}; });
  add([](SearchRequest& r) {
    r.filters = {{FilterField::kLanguage, {"ja"}}, {FilterField::kLanguage, {"en"}}};
  });
  SearchCache cache;
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(cache.Find(1, all[i]) == nullptr);
    cache.Keep(1, all[i], Result(i));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    REQUIRE(cache.Find(1, all[i]) != nullptr);
    CHECK(cache.Find(1, all[i])->total == i);
  }
}

TEST_CASE("what was not asked for longest makes room", "[service]") {
  SearchCache cache(100'000);
  for (int i = 0; i < 5; ++i) cache.Keep(1, Ask(std::to_string(i)), Result(1, 10'000));
  REQUIRE(cache.Find(1, Ask("0")) != nullptr);
  for (int i = 5; i < 10; ++i) cache.Keep(1, Ask(std::to_string(i)), Result(1, 10'000));
  CHECK(cache.bytes() <= 100'000);
  CHECK(cache.bytes() > 50'000);
  CHECK(cache.Find(1, Ask("0")) != nullptr);
  CHECK(cache.Find(1, Ask("1")) == nullptr);
  CHECK(cache.Find(1, Ask("9")) != nullptr);
  cache.Keep(1, Ask("large"), Result(1, 20'000));
  CHECK(cache.Find(1, Ask("large")) == nullptr);
}

TEST_CASE("many threads share what is kept", "[service]") {
  SearchCache cache(50'000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&cache, t] {
      for (int i = 0; i < 2000; ++i) {
        const std::string query = std::to_string(i % 20);
        if (!cache.Find(i / 500, Ask(query))) {
          cache.Keep(i / 500, Ask(query), Result(static_cast<std::size_t>(t), 1000));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(cache.bytes() <= 50'000);
}

}  // namespace
}  // namespace sakuin::service

// Of a reposted article the best copy is shown, and where else it stands.

#include "query/results/copies.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "query/results/to_json.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"

namespace sakuin::results {
namespace {

using nlohmann::json;

// Three copies of one article in two sections each, of which one has a paragraph more, and one
// other article.
std::string Records() {
  std::string first;
  std::string second;
  for (const char* part : {"calf", "heel", "shin", "foot", "knee", "hip"}) {
    for (int i = 0; i < 6; ++i) {
      const std::string mark = std::string(part) + std::string(1, static_cast<char>('a' + i));
      first += "Stretching of the " + mark + " helps after " + mark + " walks. ";
      second += "Resting of the " + mark + " harms before " + mark + " runs. ";
    }
  }
  std::string out;
  for (const char* id : {"a", "b", "c"}) {
    const bool longer = id[0] == 'b';
    const json record{
        {"id", id},
        {"title", std::string("Copy ") + id},
        {"published", std::string("2024-0") + (longer ? "1" : "5")},
        {"sections",
         {{{"heading", "Stretch"}, {"text", first}},
          {{"heading", "Rest"}, {"text", second + (longer ? "Swimming too." : "")}}}}};
    out += record.dump() + "\n";
  }
  return out + json{{"id", "z"}, {"title", "Other"}, {"text", "Stretching is dull."}}.dump() + "\n";
}

std::vector<std::string> Ids(const SearchResult& result) {
  std::vector<std::string> out;
  for (const Hit& hit : result.hits) out.push_back(hit.record.section.Id(hit.record.document_id));
  return out;
}

class Copies {
 public:
  Copies() : fixture_({temp_.Write("all.jsonl", Records())}) {}
  SearchResult Ask(const std::string& query, bool duplicates = false, bool by_document = false,
                   std::size_t limit = 10, const std::string& after = {}) {
    SearchRequest request;
    request.query = query;
    request.duplicates = duplicates;
    request.by_document = by_document;
    request.limit = limit;
    request.after = after;
    return Ask(request);
  }
  SearchResult Ask(const SearchRequest& request) { return fixture_.Search(request); }

 private:
  test::TempDir temp_;
  test::SearchFixture fixture_;
};

TEST_CASE("a group is shown once with the sections of its other copies", "[results]") {
  Copies copies;
  const SearchResult all = copies.Ask("\"Stretching\"", true);
  CHECK(all.total == 4);
  CHECK(all.folded == 0);
  const SearchResult one = copies.Ask("\"Stretching\"");
  CHECK(one.total == 2);
  CHECK(one.folded == 2);
  REQUIRE(one.hits.size() == 2);
  // Nothing is lost: what is no hit is named at one.
  std::set<std::string> found;
  for (const Hit& hit : one.hits) {
    found.insert(hit.record.section.Id(hit.record.document_id));
    for (const AlsoAt& other : hit.also_at) {
      found.insert(other.sections.begin(), other.sections.end());
    }
  }
  const auto ids = Ids(all);
  CHECK(found == std::set<std::string>(ids.begin(), ids.end()));
  std::int64_t counted = 0;
  for (const auto& [language, count] : one.facets.at("language")) counted += count;
  CHECK(counted == 2);
}

TEST_CASE("what was typed and nothing else is listed wherever it stands", "[results]") {
  Copies copies;
  const auto all = Ids(copies.Ask("\"Stretching\"", true));
  SearchRequest request;
  request.query = "\"Stretching\"";
  request.expand = false;
  const SearchResult typed = copies.Ask(request);
  CHECK(Ids(typed) == all);
  CHECK(typed.folded == 0);
  REQUIRE_FALSE(typed.hits.empty());
  CHECK(typed.hits[0].also_at.size() == 2);
  request.exact = true;
  CHECK(Ids(copies.Ask(request)) == all);
}

TEST_CASE("the copy that alone has the words is the one shown", "[results]") {
  Copies copies;
  const SearchResult result = copies.Ask("\"Swimming too\"");
  REQUIRE(result.hits.size() == 1);
  CHECK(result.hits[0].record.document_id == "b");
  REQUIRE(result.hits[0].also_at.size() == 2);
  CHECK(result.hits[0].also_at[0].sections.empty());
  const json hit = json::parse(ToJson(result))["hits"][0];
  CHECK(hit["also_at"][0]["id"] == "a");
  CHECK(hit["also_at"][0]["uri"] == "a");
  CHECK_FALSE(hit["also_at"][0].contains("sections"));
}

TEST_CASE("documents are counted once and pages neither repeat nor lose one", "[results]") {
  Copies copies;
  const SearchResult documents = copies.Ask("\"of the\"", false, true);
  CHECK(documents.total == 1);
  CHECK(documents.folded == 2);
  const SearchResult whole = copies.Ask("\"e\"");
  CHECK(whole.total + whole.folded == copies.Ask("\"e\"", true).total);
  std::vector<std::string> paged;
  std::string after;
  do {
    const SearchResult page = copies.Ask("\"e\"", false, false, 1, after);
    CHECK(page.total == whole.total);
    for (const std::string& id : Ids(page)) paged.push_back(id);
    after = page.next;
  } while (!after.empty());
  CHECK(paged == Ids(whole));
}

}  // namespace
}  // namespace sakuin::results

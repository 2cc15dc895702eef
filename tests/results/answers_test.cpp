// What an answer holds beside its hits: pages, facets, further sections, the parts of scores.

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "indexer/store/open.h"
#include "query/results/to_json.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"

namespace sakuin::results {
namespace {

using nlohmann::json;

// `count` documents of three sections, on two sites and of two years by turns.
std::string Records(const std::string& prefix, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    std::string extra;
    for (int n = 0; n <= i % 5; ++n) extra += " knee" + std::to_string(i * 7 + n) + "x";
    const json record{
        {"id", prefix + std::to_string(i)},
        {"title", "Title " + std::to_string(100 - i)},
        {"language", "en"},
        {"site", i % 3 == 0 ? "one.example" : "two.example"},
        {"published", i % 4 == 0 ? "2023-05-01" : "2024-01-0" + std::to_string(1 + i % 9)},
        {"sections",
         {{{"heading", "First"}, {"text", "The knee of number" + extra + " knee."}},
          {{"heading", "Second"}, {"text", "Another knee" + extra + "."}},
          {{"heading", "Third"}, {"text", "An ankle of number " + std::to_string(i)}}}}};
    out += record.dump() + "\n";
  }
  return out;
}

std::string IdOf(const Hit& hit) { return hit.record.section.Id(hit.record.document_id); }

std::vector<std::string> Page(test::SearchFixture& fixture, std::string& cursor,
                              std::size_t limit) {
  SearchRequest request;
  request.query = "\"knee\"";
  request.limit = limit;
  request.after = cursor;
  request.duplicates = true;
  const SearchResult result = fixture.Search(request);
  cursor = result.next;
  std::vector<std::string> out;
  for (const Hit& hit : result.hits) out.push_back(IdOf(hit));
  return out;
}

TEST_CASE("later pages are those of the first page's knowledge base, whatever is added meanwhile",
          "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 30))});
  std::vector<std::string> whole;
  std::string cursor;
  do {
    for (std::string& id : Page(fixture, cursor, 7)) whole.push_back(std::move(id));
  } while (!cursor.empty());
  REQUIRE(whole.size() == 60);

  std::vector<std::string> during;
  int round = 0;
  do {
    for (std::string& id : Page(fixture, cursor, 7)) during.push_back(std::move(id));
    const std::string name = "b" + std::to_string(round++);
    fixture.Ingest({temp.Write(name + ".jsonl", Records(name, 5))});
  } while (!cursor.empty());
  CHECK(during == whole);
  // A new search sees them all.
  CHECK(Page(fixture, cursor, 1000).size() == 60 + 10 * static_cast<std::size_t>(round));
}

TEST_CASE("facets count as if their own filter were free, and filters can exclude", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 30))});
  SearchRequest request;
  request.query = "\"knee\"";
  request.duplicates = true;
  const SearchResult all = fixture.Search(request);
  request.filters = {{plan::FilterField::kSite, {"one.example"}}};
  const SearchResult one = fixture.Search(request);
  CHECK(one.total == 20);
  CHECK(one.facets.at("site") == all.facets.at("site"));
  CHECK(one.facets.at("year") != all.facets.at("year"));
  request.filters = {{plan::FilterField::kSite, {"-one.example"}}};
  const SearchResult others = fixture.Search(request);
  CHECK(others.total == all.total - one.total);
  CHECK(others.facets.at("site") == all.facets.at("site"));
  request.filters = {{plan::FilterField::kSite, {"one.example"}},
                     {plan::FilterField::kPublished, {"2023..2023"}}};
  const SearchResult both = fixture.Search(request);
  CHECK(both.total == 6);
  CHECK(both.facets.at("year") == one.facets.at("year"));
  CHECK(both.facets.at("site").at("one.example") == 6);
  CHECK(both.facets.at("site").at("two.example") == 10);
}

TEST_CASE("a document's best section stands for it, and the others are told", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 6))});
  SearchRequest request;
  request.query = "\"knee\"";
  request.by_document = true;
  const SearchResult result = fixture.Search(request);
  REQUIRE(result.hits.size() == 6);
  for (const Hit& hit : result.hits) {
    CHECK(hit.further == 1);
    REQUIRE(hit.further_sections.size() == 1);
    CHECK(hit.further_sections[0] != IdOf(hit));
    CHECK(hit.further_sections[0].substr(0, hit.record.document_id.size() + 1) ==
          hit.record.document_id + "#");
  }
}

// Five words stand together in two sections, most of them in many more.
std::string CrowdedRecords() {
  std::string out;
  const auto add = [&out](const std::string& id, const std::string& text) {
    out +=
        json{{"id", id}, {"language", "en"}, {"site", "s.example"}, {"text", text}}.dump() + "\n";
  };
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    add("part" + n, "walrus walrus harpoon harpoon igloo igloo seen on day " + n);
  }
  for (int i = 0; i < 60; ++i)
    add("other" + std::to_string(i), "nothing of it " + std::to_string(i));
  std::string filler;
  for (int i = 0; i < 60; ++i) filler += " w" + std::to_string(i);
  add("all1", filler + " walrus harpoon igloo kayak blubber" + filler);
  add("all2", filler + " blubber kayak igloo harpoon walrus");
  return out;
}

TEST_CASE("what has every word stays on top when too few hits let words go", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", CrowdedRecords())});
  SearchRequest request;
  request.query = "walrus harpoon igloo kayak blubber";
  request.duplicates = true;
  request.explain = true;
  request.limit = 1;
  std::vector<Hit> hits;
  do {
    SearchResult result = fixture.Search(request);
    CHECK(result.total == 14);
    CHECK(result.relaxed);
    CHECK(result.strict == 2);
    CHECK(json::parse(ToJson(result)).at("step") == "every word, then most words");
    for (Hit& hit : result.hits) hits.push_back(std::move(hit));
    request.after = result.next;
  } while (!request.after.empty());
  REQUIRE(hits.size() == 14);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    CHECK(hits[i].tier == (i < 2 ? "literal" : "relaxed"));
    CHECK((hits[i].record.document_id.substr(0, 3) == "all") == (i < 2));
    const std::vector<std::string> missing{"kayak", "blubber"};
    CHECK(hits[i].missing == (i < 2 ? std::vector<std::string>() : missing));
    double sum = hits[i].tier_score;
    for (const ScorePart& part : hits[i].parts) sum += part.adds;
    CHECK(std::abs(sum - hits[i].score) < 1e-6);
    if (i > 0) CHECK(hits[i].score <= hits[i - 1].score);
  }
  request.filters = {{plan::FilterField::kSite, {"s.example"}}};
  CHECK(fixture.Search(request).facets.at("site").at("s.example") == 14);
}

TEST_CASE("dates the wrong way round are told, and long lists of names are counted", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 3))});
  const auto notes = [&](const std::string& dates) {
    SearchRequest request;
    request.query = "knee published:" + dates;
    return fixture.Search(request).notes;
  };
  CHECK(notes("2024..2023").size() == 1);
  for (const char* fine : {"2023..2024", "2024..2024-05", "2024-05..2024", "2024..", "..2023"}) {
    CAPTURE(fine);
    CHECK(notes(fine).empty());
  }
  SearchRequest request;
  request.query = "cramp";
  const SearchResult result = fixture.Search(request);
  CHECK(result.interpreted.find("more") != std::string::npos);
  CHECK(result.expanded.size() > plan::kFewNames);
  CHECK(result.interpreted.size() < 500);
}

TEST_CASE("titles and dates put hits in order", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 9))});
  SearchRequest request;
  request.query = "\"ankle\"";
  request.sort = Sort::kTitle;
  std::vector<std::string> titles;
  for (const Hit& hit : fixture.Search(request).hits) titles.push_back(hit.record.title);
  REQUIRE(titles.size() == 9);
  CHECK(titles.front() == "Title 100");
  CHECK(std::is_sorted(titles.begin(), titles.end()));
  request.sort = Sort::kDate;
  std::vector<std::string> dates;
  for (const Hit& hit : fixture.Search(request).hits) dates.push_back(hit.record.published);
  CHECK(std::is_sorted(dates.rbegin(), dates.rend()));
}

TEST_CASE("the parts of a score are its sum", "[results][property]") {
  test::SearchFixture fixture({test::RepositoryPath("corpus/articles")});
  for (const char* query : {"knee pain", "\"knee\"", "cyst stretching ice nonsense", "heading:ice",
                            "why does my calf hurt at night when I sleep"}) {
    CAPTURE(query);
    SearchRequest request;
    request.query = query;
    request.explain = true;
    request.limit = 50;
    for (const Hit& hit : fixture.Search(request).hits) {
      double sum = hit.tier_score;
      for (const ScorePart& part : hit.parts) sum += part.adds;
      CHECK(std::abs(sum - hit.score) < 1e-9);
    }
  }
}

TEST_CASE("an open engine never takes a new index for an old one", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 3))});
  CHECK(fixture.FindAll("\"ankle\"").size() == 3);
  for (const char* word : {"wrist", "elbow"}) {
    {
      auto writer = store::OpenWriter(fixture.kb(), false);
      REQUIRE(writer);
      REQUIRE((*writer)->Begin());
      const auto states = (*writer)->reader().ReadStates();
      REQUIRE(states);
      for (const auto& state : *states) {
        REQUIRE((*writer)->Remove(state.id));
      }
      REQUIRE((*writer)->Commit());
    }
    CHECK(fixture.FindAll("\"ankle\"").empty());
    // As many sections, other words: what was number 1 before must not be taken for this.
    std::string text = Records("a", 3);
    for (std::size_t at = 0; (at = text.find("ankle", at)) != std::string::npos; at += 5) {
      text.replace(at, 5, word);
    }
    fixture.Ingest({temp.Write(std::string(word) + ".jsonl", text)});
    CHECK(fixture.FindAll("\"ankle\"").empty());
    CHECK(fixture.FindAll(std::string("\"") + word + "\"").size() == 3);
  }
}

TEST_CASE("an optimized knowledge base is one segment, smaller, and finds the same", "[results]") {
  const test::TempDir temp;
  test::SearchFixture fixture({temp.Write("a.jsonl", Records("a", 40))});
  for (int i = 0; i < 3; ++i) {  // the same documents, changed: the old ones are taken out
    std::string text = Records("a", 40);
    for (std::size_t at = 0; (at = text.find("ankle", at)) != std::string::npos; at += 5) {
      text.replace(at, 5, i == 2 ? "ankle" : "elbow");
    }
    fixture.Ingest({temp.Write("a.jsonl", text)});
  }
  const auto before = fixture.FindAll("\"ankle\"");
  CHECK(before.size() == 40);
  {
    auto writer = store::OpenWriter(fixture.kb(), false);
    REQUIRE(writer);
    REQUIRE((*writer)->Optimize());
    CHECK((*writer)->reader().Verify().value().empty());
  }
  CHECK(fixture.FindAll("\"ankle\"") == before);
  CHECK(fixture.FindAll("\"elbow\"").empty());
}

}  // namespace
}  // namespace sakuin::results

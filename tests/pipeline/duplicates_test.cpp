// Groups of near-duplicates in a knowledge base, against a scan over all pairs.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "indexer/pipeline/ingest_run.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/open.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/text/near_duplicates.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

struct Article {
  std::string id;
  std::string published;
  std::string text;
};

using Groups = std::set<std::vector<std::string>>;  // ids; the representative first

// Sentences of made-up words, so that two texts share only what one has from the other.
std::string Sentence(std::mt19937& random) {
  std::string out;
  for (int word = 0; word < 12; ++word) {
    for (int i = 0; i < 5; ++i) out.push_back(static_cast<char>('a' + random() % 26));
    out += word == 11 ? ". " : " ";
  }
  return out;
}

// Originals, their reposts, and reposts of reposts, in any order.
std::vector<Article> MakeArticles(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<std::vector<std::string>> texts;
  std::vector<Article> out;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::string> sentences;
    if (!texts.empty() && random() % 3 != 0) sentences = texts[random() % texts.size()];
    const bool fresh = sentences.empty();
    for (int j = 0; fresh && j < 30; ++j) sentences.push_back(Sentence(random));
    const std::size_t edits = fresh ? 0 : random() % (sentences.size() / 2 + 1);
    for (std::size_t j = 0; j < edits; ++j) {
      const std::size_t at = random() % sentences.size();
      if (random() % 2 == 0) {
        sentences[at] = Sentence(random);
      } else if (sentences.size() > 12) {
        sentences.erase(sentences.begin() + static_cast<std::ptrdiff_t>(at));
      }
    }
    texts.push_back(sentences);
    Article article{"d" + std::to_string(i), "", ""};
    if (random() % 2 == 0) article.published = "2024-0" + std::to_string(1 + random() % 9);
    for (const std::string& sentence : sentences) article.text += sentence;
    out.push_back(std::move(article));
  }
  return out;
}

std::string Records(const std::vector<Article>& articles) {
  std::string out;
  for (const Article& a : articles) {
    nlohmann::json one{{"id", a.id}, {"title", "About " + a.id}, {"text", a.text}};
    if (!a.published.empty()) one["published"] = a.published;
    out += one.dump() + "\n";
  }
  return out;
}

// Components of the pairs that share a band and are duplicates by their grams.
Groups Oracle(const std::vector<Article>& articles) {
  const text::Folding& folding = SharedRules().folding();
  std::vector<text::Grams> grams;
  std::vector<model::Fingerprint> prints;
  for (const Article& a : articles) {
    text::GramCollector collector;
    collector.Add(folding.Fold(a.text).chars);
    grams.push_back(collector.Collect());
    prints.push_back(collector.Fingerprint({}));
  }
  std::vector<std::size_t> group(articles.size());
  for (std::size_t i = 0; i < group.size(); ++i) group[i] = i;
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto of_i = model::BandKeys(prints[i]);
      const auto of_j = model::BandKeys(prints[j]);
      std::vector<std::uint64_t> common;
      std::set_intersection(of_i.begin(), of_i.end(), of_j.begin(), of_j.end(),
                            std::back_inserter(common));
      if (common.empty()) continue;
      text::Verdict verdict = text::Compare(prints[i], prints[j]);
      if (verdict == text::Verdict::kUnsure) verdict = text::Compare(grams[i], grams[j]);
      if (verdict != text::Verdict::kDuplicate) continue;
      std::replace(group.begin(), group.end(), std::size_t{group[i]}, std::size_t{group[j]});
    }
  }
  std::map<std::size_t, std::vector<const Article*>> members;
  for (std::size_t i = 0; i < group.size(); ++i) members[group[i]].push_back(&articles[i]);
  Groups out;
  for (auto& [number, of] : members) {
    if (of.size() < 2) continue;
    std::sort(of.begin(), of.end(), [](const Article* a, const Article* b) {
      return std::tuple(a->published.empty(), a->published, a->id) <
             std::tuple(b->published.empty(), b->published, b->id);
    });
    std::vector<std::string> ids;
    for (const Article* a : of) ids.push_back(a->id);
    out.insert(ids);
  }
  return out;
}

Groups GroupsOf(const std::string& kb) {
  auto reader = store::OpenReader(kb);
  REQUIRE(reader);
  const auto groups = (*reader)->ListDuplicates();
  REQUIRE(groups);
  const auto sources = (*reader)->ReadRepresentatives();
  REQUIRE(sources);
  Groups out;
  for (const model::DuplicateGroup& group : *groups) {
    std::vector<std::string> ids;
    for (const model::Duplicate& member : group) {
      ids.push_back(member.id);
      CHECK(model::SourceOf(*sources, member.id) == group.front().id);
      const auto own = (*reader)->DuplicatesOf(member.id);
      REQUIRE(own);
      CHECK(own->size() == group.size());
    }
    CHECK(group.front().similarity == 1);
    out.insert(ids);
  }
  CHECK(model::SourceOf(*sources, "in no group") == "in no group");
  const auto problems = (*reader)->Verify();
  REQUIRE(problems);
  CHECK(problems->empty());
  return out;
}

struct Ingest {
  unsigned jobs = 1;
  std::uint64_t batch_bytes = std::uint64_t{32} << 20U;
};

pipeline::IngestSummary Run(const std::string& kb, const std::vector<std::string>& paths,
                            const Ingest& how = {}) {
  pipeline::IngestOptions options;
  options.paths = paths;
  options.jobs = how.jobs;
  options.batch_bytes = how.batch_bytes;
  const std::atomic<bool> stop{false};
  auto summary = pipeline::RunIngest(kb, SharedRules(), options, {}, stop);
  if (!summary) FAIL(summary.error().Text());
  REQUIRE(summary->rejected.empty());
  return *summary;
}

TEST_CASE("groups are those of a scan over all pairs whatever the order and the threads",
          "[pipeline][property]") {
  const unsigned seed = GENERATE(range(1U, 7U));
  CAPTURE(seed);
  std::vector<Article> articles = MakeArticles(seed, 40);
  const Groups expected = Oracle(articles);
  REQUIRE(expected.size() >= 2);
  const TempDir temp;
  Run(temp.File("one.db"), {temp.Write("all.jsonl", Records(articles))});
  CHECK(GroupsOf(temp.File("one.db")) == expected);
  std::shuffle(articles.begin(), articles.end(), std::mt19937(seed));
  const std::string file = temp.Write("all.jsonl", Records(articles));
  Run(temp.File("many.db"), {file}, {3, 1000});  // a commit every document
  CHECK(GroupsOf(temp.File("many.db")) == expected);
  for (std::size_t i = 0; i < articles.size(); i += 7) {
    const std::vector<Article> part(
        articles.begin() + static_cast<std::ptrdiff_t>(i),
        articles.begin() + static_cast<std::ptrdiff_t>(std::min(i + 7, articles.size())));
    Run(temp.File("parts.db"), {temp.Write("part.jsonl", Records(part))});
  }
  CHECK(GroupsOf(temp.File("parts.db")) == expected);
}

TEST_CASE("groups are mended when documents change and go", "[pipeline][property]") {
  const unsigned seed = GENERATE(range(11U, 15U));
  CAPTURE(seed);
  std::vector<Article> articles = MakeArticles(seed, 40);
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  Run(kb, {temp.Write("all.jsonl", Records(articles))});
  std::mt19937 random(seed);
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> gone;
    for (int i = 0; i < 4; ++i) {
      const std::size_t at = random() % articles.size();
      gone.push_back(articles[at].id);
      articles.erase(articles.begin() + static_cast<std::ptrdiff_t>(at));
    }
    REQUIRE(pipeline::RunDelete(kb, SharedRules(), gone, false));
    CHECK(GroupsOf(kb) == Oracle(articles));
    for (int i = 0; i < 4; ++i) {
      Article& changed = articles[random() % articles.size()];
      changed.text = articles[random() % articles.size()].text + Sentence(random);
      changed.published = "2023-0" + std::to_string(1 + random() % 9);
    }
    Run(kb, {temp.Write("all.jsonl", Records(articles))});
    CHECK(GroupsOf(kb) == Oracle(articles));
  }
  const Groups before = GroupsOf(kb);
  const std::atomic<bool> stop{false};
  REQUIRE(pipeline::RunRebuild(kb, SharedRules(), {}, {}, stop));
  CHECK(GroupsOf(kb) == before);
}

TEST_CASE("the summary names what is a duplicate of what", "[pipeline]") {
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  std::vector<Article> articles = MakeArticles(3, 1);
  articles[0].published = "2024-05";
  Run(kb, {temp.Write("first.jsonl", Records(articles))});
  Article copy = articles[0];
  copy.id = "copy";
  copy.published = "2025-01";
  const auto summary = Run(kb, {temp.Write("second.jsonl", Records({copy}))});
  REQUIRE(summary.duplicates.size() == 1);
  CHECK(summary.duplicates[0].id == "copy");
  CHECK(summary.duplicates[0].of == articles[0].id);
  CHECK(summary.duplicates[0].similarity == 1);
  CHECK(summary.totals.duplicates == 1);
  CHECK(Run(kb, {temp.File("second.jsonl")}).duplicates.empty());  // nothing was added
  copy.id = "older";
  copy.published = "2020";
  const auto third = Run(kb, {temp.Write("third.jsonl", Records({copy}))});
  CHECK(third.duplicates.size() == 2);  // both are now duplicates of the older one
  CHECK(third.duplicates[0].of == "older");
}

TEST_CASE("verify finds fingerprints and groups that are not right", "[pipeline]") {
  const std::string change = GENERATE(
      "UPDATE fingerprint SET sketch = zeroblob(80)",
      "DELETE FROM fingerprint_band WHERE key = (SELECT min(key) FROM fingerprint_band)",
      "INSERT INTO fingerprint_band VALUES (1, 1)", "DELETE FROM fingerprint WHERE document = 1",
      "UPDATE duplicate SET representative = 99",
      "DELETE FROM duplicate WHERE document = representative");
  CAPTURE(change);
  const TempDir temp;
  const std::string kb = temp.File("kb.db");
  std::vector<Article> articles = MakeArticles(3, 1);
  articles.push_back({"copy", "", articles[0].text});
  Run(kb, {temp.Write("all.jsonl", Records(articles))});
  REQUIRE(GroupsOf(kb).size() == 1);  // and sound
  REQUIRE(store::Database::Open(kb, store::OpenMode::kWrite)->Execute(change));
  const auto problems = (*store::OpenReader(kb))->Verify();
  REQUIRE(problems);
  REQUIRE_FALSE(problems->empty());
  CHECK(problems->front().repair == "sakuin rebuild");
  const std::atomic<bool> stop{false};
  REQUIRE(pipeline::RunRebuild(kb, SharedRules(), {}, {}, stop));
  CHECK(GroupsOf(kb).size() == 1);
}

TEST_CASE("our own articles on the same conditions are no duplicates", "[pipeline]") {
  const TempDir temp;
  Run(temp.File("kb.db"), {RepositoryPath("corpus/articles")});
  CHECK(GroupsOf(temp.File("kb.db")).empty());
}

TEST_CASE("a thousand copies are one group and take no long time", "[pipeline]") {
  const TempDir temp;
  std::vector<Article> articles = MakeArticles(5, 1);
  std::mt19937 random(5);
  for (int i = 0; i < 1000; ++i) {
    articles.push_back({"c" + std::to_string(i), "", articles[0].text + Sentence(random)});
  }
  Run(temp.File("kb.db"), {temp.Write("all.jsonl", Records(articles))}, {2, 100000});
  const Groups groups = GroupsOf(temp.File("kb.db"));
  REQUIRE(groups.size() == 1);
  CHECK(groups.begin()->size() == articles.size());
  REQUIRE(pipeline::RunDelete(temp.File("kb.db"), SharedRules(), {"d0", "c0", "c1"}, false));
  CHECK(GroupsOf(temp.File("kb.db")).begin()->size() == articles.size() - 3);
}

}  // namespace
}  // namespace sakuin::test

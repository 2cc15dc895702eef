#include "indexer/pipeline/pipeline.h"

#include <atomic>
#include <string>

#include "indexer/pipeline/ingest_run.h"
#include "indexer/store/open.h"
#include "indexer/store/sqlite/checksum.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/search_fixture.h"
#include "tests/support/temp_dir.h"

namespace sakuin::pipeline {
namespace {

bool Same(const postings::FieldTerms& a, const postings::FieldTerms& b) {
  return a.grams == b.grams && a.words == b.words;
}

bool Same(const store::SectionTerms& a, const store::SectionTerms& b) {
  return Same(a.heading, b.heading) && Same(a.text, b.text);
}

TEST_CASE("making a document in one go is reading and then indexing it", "[pipeline][property]") {
  auto pipeline = Pipeline::Create(test::SharedRules());
  REQUIRE(pipeline);
  for (unsigned seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    model::Source source;
    source.uri = "a.txt";
    source.format = "text";
    for (unsigned i = 0; i < 5; ++i) source.bytes += test::RandomText(seed * 5 + i) + "\n\n";
    const auto made = pipeline->Make(source);
    const auto read = pipeline->Read(source);
    REQUIRE(made.has_value() == read.has_value());
    if (!made) continue;
    CHECK(store::ContentDigest(made->document) == store::ContentDigest(*read));
    const auto indexed = pipeline->Index(*read);
    REQUIRE(indexed);
    CHECK(made->indexed.fingerprint == indexed->fingerprint);
    REQUIRE(made->indexed.terms.size() == indexed->terms.size());
    for (std::size_t i = 0; i < indexed->terms.size(); ++i) {
      CHECK(Same(made->indexed.terms[i], indexed->terms[i]));
    }
  }
}

std::size_t TagsIn(const std::string& kb) {
  const auto reader = store::OpenReader(kb);
  REQUIRE(reader);
  const auto states = (*reader)->ReadStates();
  REQUIRE(states);
  std::size_t out = 0;
  for (const store::DocumentState& state : *states) {
    const auto document = (*reader)->ReadDocument(state.id);
    REQUIRE(document);
    for (const model::Section& s : document->sections) out += s.tags.size() + s.aspects.size();
  }
  return out;
}

TEST_CASE("without tags there are none, and with them all is read again", "[pipeline]") {
  const test::TempDir temp;
  const std::string kb = temp.File("kb.db");
  const auto bare = Rules::Load(test::RepositoryPath("corpus"), {}, {false});
  REQUIRE(bare);
  CHECK((*bare)->digest() != test::SharedRules().digest());
  CHECK((*bare)->AnalyzerDigest() == test::SharedRules().AnalyzerDigest());
  IngestOptions options;
  options.paths = {test::RepositoryPath("corpus/articles/en")};
  const std::atomic<bool> stop{false};
  const auto first = RunIngest(kb, **bare, options, {}, stop);
  REQUIRE(first);
  CHECK(first->added > 0);
  CHECK(TagsIn(kb) == 0);
  const auto second = RunIngest(kb, test::SharedRules(), options, {}, stop);
  REQUIRE(second);
  CHECK(second->updated == first->added);
  CHECK(TagsIn(kb) > 0);
}

TEST_CASE("progress counts to the end", "[pipeline]") {
  const test::TempDir temp;
  std::string lines;
  for (int i = 0; i < 300; ++i) {
    lines += R"({"id":")" + std::to_string(i) + R"(","text":"rest the knee"})" + "\n";
  }
  IngestOptions options;
  options.paths = {temp.Write("a.jsonl", lines), temp.Write("b.txt", "Two\n\nand walk again\n")};
  IngestProgress last;
  IngestEvents events;
  events.progress = [&last](const IngestProgress& now) {
    CHECK(now.documents == last.documents + 1);
    CHECK(now.bytes > last.bytes);
    CHECK(now.files >= last.files);
    last = now;
  };
  const std::atomic<bool> stop{false};
  REQUIRE(RunIngest(temp.File("kb.db"), test::SharedRules(), options, events, stop));
  CHECK(last.documents == 301);
  CHECK(last.files == 2);
  CHECK(last.files_all == 2);
  CHECK(last.bytes <= last.bytes_all);
  CHECK(last.bytes + 301 >= last.bytes_all);  // but the ends of lines
}

}  // namespace
}  // namespace sakuin::pipeline

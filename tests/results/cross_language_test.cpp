// Every name of a condition, in each of four languages, finds the same tagged sections.

#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "indexer/model/language.h"
#include "query/plan/concept_finder.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::test {
namespace {

using Ids = std::set<std::string>;

// Our articles, and those of the practice and seed folders where these lie beside the repository.
std::vector<std::string> Articles() {
  std::vector<std::string> out{RepositoryPath("corpus/articles")};
  for (const char* name : {"../shared/practice/articles", "../shared/seeds"}) {
    if (std::filesystem::is_directory(RepositoryPath(name))) out.push_back(RepositoryPath(name));
  }
  return out;
}

SearchFixture& Everything() {
  static SearchFixture fixture(Articles());
  return fixture;
}

bool IsAbout(const results::Hit& hit, const std::string& id) {
  const auto& tags = hit.record.section.tags;
  return std::any_of(tags.begin(), tags.end(),
                     [&](const model::Tag& tag) { return tag.concept_id == id; });
}

// Of what a query finds, the sections tagged with the concept.
Ids Tagged(const std::string& query, const std::string& id, bool duplicates) {
  results::SearchRequest request;
  request.query = query;
  request.limit = 100000;
  request.facets = false;
  request.duplicates = duplicates;
  Ids out;
  for (const results::Hit& hit : Everything().Search(request).hits) {
    if (IsAbout(hit, id)) out.insert(hit.record.section.Id(hit.record.document_id));
  }
  return out;
}

std::map<std::string, Ids> SectionsByConcept() {
  results::SearchRequest request;
  request.filters = {{plan::FilterField::kLanguage, {"zh", "ja", "en", "und"}}};
  request.limit = 100000;
  request.facets = false;
  request.duplicates = true;
  std::map<std::string, Ids> out;
  for (const results::Hit& hit : Everything().Search(request).hits) {
    for (const model::Tag& tag : hit.record.section.tags) {
      out[tag.concept_id].insert(hit.record.section.Id(hit.record.document_id));
    }
  }
  return out;
}

struct Draw {
  const model::Concept* concept_ptr = nullptr;
  const model::Label* label = nullptr;
};

// 200 labels of concepts that tag a section; the same every time.
std::vector<Draw> DrawLabels(const std::map<std::string, Ids>& tagged) {
  std::vector<Draw> all;
  for (const auto& [id, sections] : tagged) {
    const model::Concept* const found = SharedRules().thesaurus().Find(id);
    REQUIRE(found != nullptr);
    for (const model::Label& label : found->labels) {
      if (label.kind != model::LabelKind::kHidden) all.push_back({found, &label});
    }
  }
  std::mt19937 random(20261128);
  std::shuffle(all.begin(), all.end(), random);
  if (all.size() > 200) all.resize(200);
  return all;
}

TEST_CASE("every name of a condition finds the same tagged sections", "[results][property]") {
  const auto tagged = SectionsByConcept();
  REQUIRE(tagged.size() > 10);
  for (const Draw& draw : DrawLabels(tagged)) {
    const std::string& id = draw.concept_ptr->id;
    CAPTURE(id, draw.label->language, draw.label->text);
    CHECK(Tagged(draw.label->text, id, true) == tagged.at(id));
    CHECK(Tagged("condition:\"" + draw.label->text + "\"", id, true) == tagged.at(id));
    // Where copies are left out, it is the same ones by each of the four names.
    const Ids shown = Tagged(draw.label->text, id, false);
    for (const std::string_view language : model::kLanguages) {
      CAPTURE(language);
      CHECK(Tagged(plan::LabelIn(*draw.concept_ptr, language), id, false) == shown);
    }
  }
}

TEST_CASE("a condition's flag takes its names, and --no-expand finds only what stands there",
          "[results]") {
  results::SearchRequest request;
  request.limit = 1000;
  std::set<Ids> answers;
  for (const char* name : {"baker-cyst", "Baker's cyst", "BAKER-CYST"}) {
    request.filters = {{plan::FilterField::kCondition, {name}}};
    Ids ids;
    for (const results::Hit& hit : Everything().Search(request).hits) {
      ids.insert(hit.record.section.Id(hit.record.document_id));
    }
    CHECK(ids.size() > 1);
    answers.insert(ids);
  }
  CHECK(answers.size() == 1);
  request = {};
  request.query = "Baker's cyst";
  request.limit = 1000;
  request.expand = false;
  for (const results::Hit& hit : Everything().Search(request).hits) {
    for (const results::Reason& reason : hit.reasons) CHECK(reason.kind != "tag");
  }
}

TEST_CASE("filters alone show what is about the condition first", "[results]") {
  results::SearchRequest request;
  request.filters = {{plan::FilterField::kCondition, {"baker-cyst"}}};
  request.limit = 1000;
  bool others = false;
  for (const results::Hit& hit : Everything().Search(request).hits) {
    const auto& tags = hit.record.section.tags;
    const bool primary = std::any_of(tags.begin(), tags.end(), [](const model::Tag& tag) {
      return tag.primary && tag.concept_id == "baker-cyst";
    });
    CHECK_FALSE((primary && others));
    others = others || !primary;
  }
}

TEST_CASE("each hit says which name of which concept found it", "[results]") {
  results::SearchRequest request;
  request.query = "Baker's cyst";
  request.limit = 1000;
  std::set<std::string> languages;
  for (const results::Hit& hit : Everything().Search(request).hits) {
    for (const results::Reason& reason : hit.reasons) {
      if (reason.kind == "tag") continue;
      if (reason.typed != request.query) continue;  // its words, apart
      CAPTURE(reason.kind, reason.found);
      CHECK(reason.concept_id == "baker-cyst");
      CHECK(!reason.label.empty());
      CHECK(SharedRules().folding().Key(reason.label) == SharedRules().folding().Key(reason.found));
      languages.insert(reason.language);
    }
  }
  CHECK(languages.size() >= 3);
}

TEST_CASE("a hit that only a tag finds says so", "[results]") {
  results::SearchRequest request;
  request.query = "Baker's cyst";
  request.limit = 1000;
  request.ui_language = "ja";
  std::size_t by_tag = 0;
  double least_by_name = 100;
  double most_by_tag = 0;
  for (const results::Hit& hit : Everything().Search(request).hits) {
    REQUIRE(!hit.reasons.empty());
    const bool tag = hit.reasons[0].kind == "tag";
    if (tag) {
      ++by_tag;
      CHECK(hit.reasons[0].concept_id == "baker-cyst");
      CHECK(hit.reasons[0].language == "ja");
      CHECK(IsAbout(hit, "baker-cyst"));
      most_by_tag = std::max(most_by_tag, hit.score);
    } else if (std::none_of(hit.reasons.begin(), hit.reasons.end(),
                            [](const auto& reason) { return reason.kind == "tag"; })) {
      least_by_name = std::min(least_by_name, hit.score);
    }
  }
  CHECK(by_tag > 0);
  CHECK(most_by_tag < least_by_name);
}

}  // namespace
}  // namespace sakuin::test

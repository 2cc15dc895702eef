#pragma once

// The JSON forms that spec'd interfaces print: one place, used by the program and later by HTTP.
// Every function gives one JSON value in one line, without a newline. Missing values are left out.

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/model/document.h"
#include "indexer/model/duplicates.h"
#include "indexer/thesaurus/aspect_names.h"
#include "query/plan/planner.h"
#include "query/results/completion.h"
#include "query/results/hit.h"

namespace sakuin::results {

// A section's advice as a JSON array: query/contradictions has its form.
using AdviceForm =
    std::function<nlohmann::ordered_json(const model::Document&, const model::Section&)>;

// As `extract` prints it and `ingest --format jsonl` reads it back. `group`: the near-duplicates
// that it is among, where there are any.
std::string ToJson(const model::Document& document, const AdviceForm& advice,
                   const model::DuplicateGroup& group = {});

// One section with its document's id, title and language around it.
std::string SectionToJson(const model::Document& document, const model::Section& section,
                          const AdviceForm& advice, const model::DuplicateGroup& group = {});

// How facets are named.
struct FacetNames {
  std::string language = "en";
  const thesaurus::AspectNames* aspects = nullptr;  // nullptr: aspects have their ids
};
// How the query was read to find the hits: "every word", "most words", or one after the other.
std::string StepOf(const SearchResult& result);
std::string ToJson(const SearchResult& result, const FacetNames& names = {});
std::string ToJson(const Hit& hit);
std::string ToJson(const model::Concept& found);
std::string ToJson(const model::DuplicateGroup& group);  // not empty

// {"typed","concepts":[...],"headings":[...],"seconds"}
std::string ToJson(const Completions& found, const std::string& typed, double seconds);

// What a query becomes, stage by stage.
struct QueryStages {
  std::string query;
  std::string tree;                                         // printed
  std::string folded;                                       // the whole query
  std::vector<std::pair<std::string, std::string>> tokens;  // as typed, and folded
  plan::Plans plans;
};
std::string ToJson(const QueryStages& stages);

// A JSON string literal of any bytes; what is not UTF-8 becomes U+FFFD.
std::string JsonString(const std::string& text);

// The document as Markdown: headings, paragraphs, list items as they stand.
std::string ToMarkdown(const model::Document& document);

}  // namespace sakuin::results

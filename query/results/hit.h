#pragma once

// What a search asks and what it answers.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/model/duplicates.h"
#include "indexer/model/section.h"
#include "indexer/model/span.h"
#include "query/backend/search_backend.h"
#include "query/plan/plan.h"
#include "query/results/ranking.h"

namespace sakuin::results {

enum class Sort : std::uint8_t { kRelevance, kDate, kTitle };

struct SearchRequest {
  std::string query;
  std::vector<plan::Filter> filters;
  bool by_document = false;  // the best section of every document
  bool duplicates = false;   // every member of a group of near-duplicates, not the best one only
  std::size_t limit = 10;
  std::string after;  // cursor of an earlier answer
  bool expand = true;
  bool exact = false;
  bool free_text = false;  // nothing in the query is syntax, words may be missing
  bool facets = true;
  bool snippets = true;  // false: of a hit only its ids, rank and score are wanted
  bool explain = false;
  std::string ui_language = "en";  // of the names that a hit or a facet shows
  Sort sort = Sort::kRelevance;
  backend::Deadline deadline;  // kTimeout where the answer takes longer

  // Whoever asks for a text as it was typed looks for all places where it stands: there no copy is
  // folded away (law 3).
  bool ShowsCopies() const { return duplicates || exact || !expand; }
};

// Why a section was found: one row for each part of the query and the form that stands there.
struct Reason {
  std::string typed;
  // "literal": as typed; "variant": folds alike; "label": another name of the concept or of one
  // below it; "tag": the section is about it, but none of these names stands there.
  std::string kind;
  std::string found;  // what stands in the section, at its first place; may be empty for "tag"
  // The name of a concept that it is; of what was typed only where that is one.
  std::string concept_id;
  std::string label;
  std::string language;
  std::size_t count = 0;
};

struct Snippet {
  std::string text;                     // a piece of the section's text, cut at sentence ends
  std::size_t begin = 0;                // where it begins in the section's text, in bytes
  std::vector<model::Span> highlights;  // in bytes of `text`, ascending, without overlap
};

// Another place where a hit's article stands.
struct AlsoAt {
  model::Duplicate document;
  // Its sections that match too and are not among the hits; told once, at the group's best hit.
  std::vector<std::string> sections;
};

struct Hit {
  std::size_t rank = 0;  // from 1, over all pages
  double score = 0;
  backend::HitRecord record;
  Snippet snippet;
  std::vector<model::Span> heading_highlights;  // in bytes of the section's heading
  std::vector<Reason> reasons;
  // Words of the query that do not match it, as typed; where words may be missing.
  std::vector<std::string> missing;
  // --explain: the score is tier_score and what the parts add.
  std::string tier;
  double tier_score = 0;
  std::vector<ScorePart> parts;
  std::vector<AlsoAt> also_at;
  // Asked by document: how many more of its sections match, and the first of them in reading order.
  std::size_t further = 0;
  std::vector<std::string> further_sections;
};

// A concept in the facet of conditions.
struct FacetConcept {
  const model::Concept* concept_ptr = nullptr;  // owned by the thesaurus
  std::int64_t own = 0;                         // sections tagged with the concept itself
  std::int64_t all = 0;  // with it or anything below it; a section counts once
};

struct SearchResult {
  std::string query;
  std::string interpreted;  // the plan that found the hits, printed
  std::vector<std::string> expanded;
  std::vector<std::string> notes;  // "3-5: message", positions in bytes of the query
  bool relaxed = false;
  std::size_t strict = 0;  // relaxed: how many of the first hits have everything
  std::size_t total = 0;   // sections, or documents where asked by document
  std::size_t folded = 0;  // as many more in duplicates of what is counted
  double seconds = 0;
  std::string next;        // cursor, or empty
  std::string suggestion;  // a query that finds more: did you mean; or empty
  backend::FacetCounts facets;
  std::vector<FacetConcept> conditions;  // the facet `condition` with what is broader
  std::vector<Hit> hits;
};

}  // namespace sakuin::results

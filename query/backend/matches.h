#pragma once

// What an engine finds, as plain values.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/section.h"
#include "query/plan/plan.h"

namespace sakuin::backend {

// An engine's own number of a section, counted from 0 without large gaps, so that tables by section
// are arrays. Means nothing outside one knowledge base, nor after Begin().
using SectionKey = std::uint32_t;

// How often a leaf's alternatives stand in one section.
struct Posting {
  SectionKey section = 0;
  std::uint32_t typed_heading = 0;  // as typed (folded), in the heading
  std::uint32_t typed_text = 0;
  std::uint32_t label_heading = 0;  // by another label of a concept
  std::uint32_t label_text = 0;
  float tagged = 0;  // the best score with which it is tagged as what the leaf names
  bool in_text() const { return typed() || label_heading + label_text > 0; }
  bool typed() const { return typed_heading + typed_text > 0; }
};

struct Matches {
  std::vector<SectionKey> sections;          // ascending
  std::vector<std::vector<Posting>> leaves;  // one list a leaf of the plan, by section
  // For each field that the plan filters by: what would match without those filters.
  std::map<plan::FilterField, std::vector<SectionKey>> unfiltered;
};

struct Fact {
  SectionKey section = 0;
  std::int64_t document = 0;
  std::int64_t group = 0;  // of near-duplicates that the document is in; 0: it has none
  std::uint32_t ordinal = 0;
  std::uint32_t length = 0;    // folded characters of the text
  bool names_concept = false;  // its primary condition is one that the query names
};

// What stands in the knowledge base while a search goes on.
struct Snapshot {
  std::int64_t generation = 0;    // differs whenever something was committed
  std::int64_t sections = 0;      // that are there
  std::int64_t last_section = 0;  // rises with every section added, never used again
  SectionKey end = 0;             // keys are below
  double mean_length = 0;         // folded characters of a section's text
};

struct Frequency {
  double sections = 0;
  double occurrences = 0;
};

struct SectionTag {
  SectionKey section = 0;
  std::string_view concept_id;  // lives until Begin()
  bool primary = false;
};

using FacetCounts = std::map<std::string, std::map<std::string, std::int64_t>>;

// What a hit shows.
struct HitRecord {
  std::string document_id;
  std::string uri;
  std::string title;
  std::string language;  // the document's
  std::string site;
  std::string published;
  std::string author;
  model::Section section;  // without maps
};

// What a completion shows.
struct HeadingRecord {
  std::string heading;
  std::string section_id;
  bool is_title = false;
};

}  // namespace sakuin::backend

#pragma once

// What the columns of the index answer without a row being read: filters and facets.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/sqlite/posting_reader.h"
#include "query/backend/search_backend.h"
#include "query/plan/plan.h"

namespace sakuin::backend {

// The sections below `end` that pass; ascending.
Result<std::vector<SectionKey>> FindFiltered(store::PostingReader& postings,
                                             const plan::Filter& filter, SectionKey end);

// All sections that are there.
std::vector<SectionKey> FindAll(const store::PostingReader& postings, SectionKey end);

// `sections` ascend, in all of these.
Result<FacetCounts> CountFacetsOf(store::PostingReader& postings,
                                  const std::vector<SectionKey>& sections);
Result<std::vector<SectionTag>> ReadTagsOf(store::PostingReader& postings,
                                           const std::vector<SectionKey>& sections);
Result<std::map<std::string, std::int64_t>> CountAspectsOf(store::PostingReader& postings,
                                                           const std::vector<SectionKey>& sections);
enum class FactString : std::uint8_t { kLanguage, kDate };
Result<std::vector<std::string_view>> ReadStringsOf(store::PostingReader& postings,
                                                    const std::vector<SectionKey>& sections,
                                                    FactString which);
// `concepts`: for Fact::names_concept. `groups`: of near-duplicates, by document; what is behind
// its end is in none.
Result<std::vector<Fact>> ReadFactsOf(store::PostingReader& postings,
                                      const std::vector<SectionKey>& sections,
                                      const std::vector<std::string>& concepts,
                                      const std::vector<std::int64_t>& groups);

}  // namespace sakuin::backend

#pragma once

// How many sections are about each condition, and about it or anything below it.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "indexer/thesaurus/thesaurus.h"
#include "query/backend/search_backend.h"

namespace sakuin::results {

struct SectionCount {
  std::int64_t sections = 0;
  std::int64_t documents = 0;
  std::int64_t primary = 0;  // sections whose primary condition it is
};

struct ConditionCount {
  SectionCount own;  // tagged with the concept itself
  SectionCount all;  // with it or anything below it, at any level: a section counts once
};

// By concept id; a concept without hits is not there. A tag that the thesaurus does not know stands
// for itself. `tags` and `facts` ascend by section; tags of sections without a fact do not count.
using ConditionCounts = std::map<std::string, ConditionCount>;
ConditionCounts CountConditions(const thesaurus::Thesaurus& thesaurus,
                                const std::vector<backend::SectionTag>& tags,
                                const std::vector<backend::Fact>& facts);

}  // namespace sakuin::results

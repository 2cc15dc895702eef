#pragma once

// What a Thesaurus holds, for the parts of this folder that need more than its concepts.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/model/concept.h"
#include "indexer/thesaurus/compiled/compiled_thesaurus.h"
#include "indexer/thesaurus/compiled/concept_slots.h"

namespace sakuin::thesaurus {

// Keys of std::string that are asked for with a std::string_view.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
using ConceptIndex = std::unordered_map<std::string, std::size_t, ViewHash, std::equal_to<>>;

struct ThesaurusData {
  std::shared_ptr<const CompiledThesaurus> base;   // nullptr: all was read from SKOS
  std::unique_ptr<ConceptSlots> concepts;          // first those of `base`
  std::vector<std::uint32_t> changed;              // concepts of `base` that users extended
  ConceptIndex by_id;                              // of those beside `base`
  std::vector<std::vector<std::size_t>> narrower;  // empty: as `base` says
  std::vector<model::ConceptScheme> schemes;
  std::vector<std::string> warnings;
  std::string file_digests;  // of the files, one behind the other
  std::string digest;

  std::size_t NumberOf(std::string_view id) const {
    const std::size_t known = base == nullptr ? SIZE_MAX : base->NumberOfId(id);
    if (known != SIZE_MAX) return known;
    const auto found = by_id.find(id);
    return found == by_id.end() ? SIZE_MAX : found->second;
  }
};

}  // namespace sakuin::thesaurus

#pragma once

// What a condition shows nearly by definition: corpus/thesaurus/manifestations.tsv.

#include <map>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// Immutable after Load(), therefore thread-safe. Keeps pointers into the thesaurus.
class Manifestations {
 public:
  // kBadData with file:line for a row without concepts, or one that stands twice. Concepts that the
  // thesaurus does not know are passed over: a smaller thesaurus may be in use.
  static Result<Manifestations> Load(const std::string& data_dir, const Thesaurus& thesaurus);

  // In the table's order; empty for most.
  const std::vector<const model::Concept*>& Of(const model::Concept& condition) const;

  const std::string& digest() const { return digest_; }

 private:
  std::map<const model::Concept*, std::vector<const model::Concept*>> all_;
  std::string digest_;
};

}  // namespace sakuin::thesaurus

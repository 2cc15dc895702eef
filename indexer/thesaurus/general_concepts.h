#pragma once

// Concepts that say little beside others, such as pain: corpus/thesaurus/general.tsv.

#include <set>
#include <string>

#include "indexer/base/result.h"
#include "indexer/model/concept.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

// Immutable after Load(), therefore thread-safe. Keeps pointers into the thesaurus.
class GeneralConcepts {
 public:
  // kBadData with file:line for a concept that stands twice, or an id that is none. A concept that
  // the thesaurus does not know is passed over: a smaller thesaurus may be in use.
  static Result<GeneralConcepts> Load(const std::string& data_dir, const Thesaurus& thesaurus);

  bool Has(const model::Concept& found) const { return all_.count(&found) > 0; }
  const std::string& digest() const { return digest_; }

 private:
  std::set<const model::Concept*> all_;
  std::string digest_;
};

}  // namespace sakuin::thesaurus

#pragma once

// The tree of conditions with the counts of one moment.

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/base/result.h"
#include "query/results/condition_tree.h"
#include "query/service/knowledge.h"

namespace sakuin::service {

// The one condition or symptom that an id or a name in any language means. kNotFound and kUsage
// (several) name what is near.
Result<const model::Concept*> ChooseCondition(const Searcher& searcher, const std::string& name,
                                              const std::string& ui_language);

// Keeps references to the searcher.
class ConditionBrowser {
 public:
  explicit ConditionBrowser(Searcher& searcher) : searcher_(searcher) {}

  // Reads all tags, once; the state that it reads is held until the end. `languages`: count only
  // sections in these; empty: all.
  Status Read(const std::vector<std::string>& languages);

  results::ConditionTree Tree(const results::TreeOptions& options) const;
  const results::ConditionCounts& counts() const { return counts_; }
  Result<results::ConditionDetails> Details(const std::string& id) const;

 private:
  Searcher& searcher_;
  std::unique_ptr<backend::Reading> reading_;
  std::vector<backend::Fact> facts_;
  std::unordered_map<backend::SectionKey, std::string> language_of_;
  std::vector<backend::SectionTag> tags_;
  results::ConditionCounts counts_;
};

}  // namespace sakuin::service

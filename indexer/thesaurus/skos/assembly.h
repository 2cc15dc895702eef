#pragma once

// Files of concepts -> the concepts of a thesaurus, with their references resolved.

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/thesaurus/compiled/thesaurus_data.h"
#include "indexer/thesaurus/skos_reader.h"
#include "indexer/thesaurus/thesaurus.h"

namespace sakuin::thesaurus {

class Assembly {
 public:
  // With `base`: it stands for the shipped files. Errors do not name their lines then.
  explicit Assembly(std::shared_ptr<const CompiledThesaurus> base = nullptr);

  Status AddShipped(const ThesaurusSource& source);
  Status AddUsers(const ThesaurusSource& source);  // after all shipped ones

  // kBadData for a reference that leads nowhere and for a concept that is broader than itself.
  Result<std::unique_ptr<ThesaurusData>> Finish();

 private:
  // A reference that waits until all concepts are known.
  struct Narrower {
    std::size_t above = 0;
    std::string below;
    std::string where;
  };

  Status Add(SkosFile file);
  Status AddUsersFile(SkosFile file);
  Status Resolve();
  Status Resolve(std::size_t number);
  Status Link();

  std::size_t BaseSize() const { return base_ == nullptr ? 0 : base_->size(); }
  std::size_t size() const { return BaseSize() + concepts_.size(); }
  std::size_t NumberOfId(std::string_view id) const;
  std::size_t NumberOf(std::string_view address) const;
  model::Concept& At(std::size_t number);  // to be changed
  std::string UriOf(std::size_t number) const;
  std::string Where(std::size_t number) const;

  std::shared_ptr<const CompiledThesaurus> base_;
  std::map<std::size_t, model::Concept> changed_;            // concepts of base_
  std::vector<model::Concept> concepts_;                     // those behind them
  std::vector<std::pair<std::size_t, std::size_t>> places_;  // file and line of each of these
  std::vector<std::string> paths_;
  std::vector<Narrower> narrower_references_;
  std::map<std::size_t, std::pair<std::size_t, std::size_t>> resolved_;  // of changed_: how many
                                                                         // broader, related are ids
  ConceptIndex by_uri_;
  std::string digests_;
  bool has_users_ = false;
  std::unique_ptr<ThesaurusData> out_;
};

}  // namespace sakuin::thesaurus

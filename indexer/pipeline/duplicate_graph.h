#pragma once

// Documents and the links between near-duplicates, while one batch of them is being linked.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/fingerprint.h"
#include "indexer/store/duplicates.h"
#include "indexer/text/folding.h"
#include "indexer/text/near_duplicates.h"

namespace sakuin::pipeline {

using FingerprintCache = std::unordered_map<store::DocumentKey, model::Fingerprint>;

// Not thread-safe; of one transaction. Every pair that shares a band is compared once at most, and
// not at all where it is in one component already: a thousand copies cost a thousand comparisons.
// What share a band and are no duplicates (pages with one long disclaimer) cost one each.
class DuplicateGraph {
 public:
  using Key = store::DocumentKey;

  // All must outlive it. `prints` may be filled before, and is added to.
  DuplicateGraph(store::DuplicateStore& store, const text::Folding& folding,
                 FingerprintCache& prints)
      : store_(store), folding_(folding), prints_(prints) {}

  // A document that is to be linked; before AddBand().
  void AddFresh(Key document);
  // Documents that share a band. Those that are not to be linked stand for their stored groups.
  Status AddBand(const std::vector<Key>& documents);
  Status Link();

  // Components of two or more that hold a document to be linked. Members of stored groups are in it
  // only as far as they shared a band, but each of those groups' representatives is.
  std::vector<std::vector<Key>> Components();

 private:
  using Index = std::uint32_t;
  struct Node {
    Key document = 0;
    bool fresh = false;
    Index parent = 0;  // itself at the root: a union-find forest
    const model::Fingerprint* print = nullptr;
    std::shared_ptr<const text::Grams> grams;
    std::vector<Index> bands;  // of fresh ones
  };
  struct Band {
    std::vector<Index> members;
    bool closed = false;  // all of one component
  };

  Result<Index> NodeOf(Key document);
  Index NewNode(Key document);
  Index Find(Index node);
  void Join(Index a, Index b);
  bool IsOneComponent(const Band& band);
  std::vector<Index> Candidates(Index node);
  Result<bool> AreDuplicates(Index a, Index b);
  Result<const model::Fingerprint*> PrintOf(Index node);
  Result<std::shared_ptr<const text::Grams>> GramsOf(Index node);

  store::DuplicateStore& store_;
  const text::Folding& folding_;
  FingerprintCache& prints_;
  std::vector<Node> nodes_;
  std::vector<Band> bands_;
  std::unordered_map<Key, Index> index_;
  std::size_t grams_size_ = 0;  // grams kept in memory
};

}  // namespace sakuin::pipeline

#pragma once

// Finds the near-duplicates of documents as they come and go, and keeps the stored groups right.
//
// A group is a connected component: documents are linked where they share a band
// (model::BandKeys) and text::Compare calls them duplicates. Both depend on the two texts alone,
// therefore the groups do not depend on the order of ingest, on batches or on threads (law 9).

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/fingerprint.h"
#include "indexer/pipeline/duplicate_graph.h"
#include "indexer/store/duplicates.h"
#include "indexer/text/folding.h"

namespace sakuin::pipeline {

// Not thread-safe. Works within the writer's transaction; after a rollback call Forget().
class DuplicateLinker {
 public:
  // Both must outlive it.
  DuplicateLinker(store::DuplicateStore& store, const text::Folding& folding);

  // After the document was put into the store, with this fingerprint.
  Status Added(const std::string& document_id, const model::Fingerprint& print);
  // Before it is taken out. What it held together is linked anew by Settle().
  Status Removing(const std::string& document_id);

  // Links everything since the last call. Before every commit.
  Status Settle();

  // Whether so many documents were added that Settle() should be called to bound memory.
  bool full() const;
  void Forget();

 private:
  using Key = store::DocumentKey;

  // Stores the bands of what was added; the keys of all that is to be linked, each once.
  Result<std::vector<std::uint64_t>> StoreBands();
  Result<const model::Fingerprint*> PrintOf(Key document);
  // Adds what stored groups hold besides.
  Result<std::vector<Key>> Complete(const std::vector<Key>& component);
  Status WriteGroup(const std::vector<Key>& members);

  store::DuplicateStore& store_;
  const text::Folding& folding_;
  std::set<Key> added_;  // their bands are not stored yet
  std::set<Key> dirty_;  // to be linked: added ones, and those that lost a member of their group
  FingerprintCache prints_;
};

}  // namespace sakuin::pipeline

#pragma once

// Finds the near-duplicates of documents as they come and go, and keeps the stored groups right.
//
// A group is a connected component: documents are linked where they share a band
// (model::BandKeys) and text::Compare calls them duplicates. Both depend on the two texts alone,
// therefore the groups do not depend on the order of ingest, on batches or on threads (law 9).

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/fingerprint.h"
#include "indexer/store/duplicates.h"
#include "indexer/text/folding.h"
#include "indexer/text/near_duplicates.h"

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

  // Links everything since the last call. Before every commit. Costs what the documents added or
  // orphaned share bands with; bands full of one group cost a look each.
  Status Settle();

  // Whether so many documents wait that Settle() should be called to bound memory.
  bool full() const;
  void Forget();

 private:
  using Key = store::DocumentKey;
  using Pair = std::pair<Key, Key>;

  Result<std::vector<store::BandRow>> WaitingBands();
  Status LinkBand(const std::vector<Key>& documents);
  // Links one document with the others; `components` of them are not linked yet.
  Status LinkDocument(Key document, const std::vector<Key>& others, std::size_t& components);
  Result<bool> AreDuplicates(Key a, Key b);
  Result<const model::Fingerprint*> PrintOf(Key document);
  Result<text::Grams> GramsOf(Key document);
  Result<Key> RootOf(Key document);
  Key Find(Key document);
  Status WriteGroups();
  Status WriteGroup(const std::vector<Key>& members);

  store::DuplicateStore& store_;
  const text::Folding& folding_;
  std::set<Key> added_;  // their bands are not stored yet
  std::set<Key> dirty_;  // to be linked: added ones, and those that lost a member of their group
  std::unordered_map<Key, model::Fingerprint> prints_;
  std::unordered_map<Key, text::Grams> grams_;
  std::unordered_map<Key, Key> parents_;  // a union-find forest, of one Settle()
  std::map<Pair, bool> compared_;         // by their grams, of one Settle()
};

}  // namespace sakuin::pipeline

#pragma once

// What the pipeline finds and mends groups of near-duplicates with (pipeline/duplicate_linker.h).

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/fingerprint.h"

namespace sakuin::store {

// An engine's own number of a document; means nothing outside one knowledge base.
using DocumentKey = std::int64_t;

struct BandRow {
  std::uint64_t key = 0;
  DocumentKey document = 0;
};

// What decides about a document's place in its group.
struct GroupState {
  std::string id;
  std::string published;
  DocumentKey representative = 0;  // 0: in no group
  double similarity = 0;
};

// Part of a writer, within its transaction: every method can fail as the writer's own. A document's
// fingerprint and bands go with the document (IndexWriter::Remove); its group does not.
class DuplicateStore {
 public:
  virtual ~DuplicateStore() = default;

  virtual Result<DocumentKey> KeyOf(const std::string& document_id) = 0;  // kNotFound
  virtual Result<model::Fingerprint> ReadFingerprint(DocumentKey document) = 0;
  // Headings and texts in reading order, without the title.
  virtual Result<std::vector<std::string>> ReadWording(DocumentKey document) = 0;

  // Fastest when they ascend by key.
  virtual Status AddBands(const std::vector<BandRow>& rows) = 0;
  virtual Result<std::vector<DocumentKey>> InBand(std::uint64_t key) = 0;

  virtual Result<GroupState> ReadState(DocumentKey document) = 0;
  virtual Result<std::vector<DocumentKey>> Members(DocumentKey representative) = 0;
  virtual Status PutMember(DocumentKey document, DocumentKey representative, double similarity) = 0;
  virtual Status TakeMember(DocumentKey document) = 0;

  // Forgets all fingerprints, bands and groups, for a rebuild.
  virtual Status Clear() = 0;
};

}  // namespace sakuin::store

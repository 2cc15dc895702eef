#pragma once

// Writes documents into a knowledge base. It is handed folded terms: the store analyses nothing.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/model/fingerprint.h"
#include "indexer/model/source.h"
#include "indexer/postings/inverter.h"
#include "indexer/store/duplicates.h"
#include "indexer/store/index_info.h"
#include "indexer/store/index_reader.h"

namespace sakuin::store {

// The terms of one section.
struct SectionTerms {
  postings::FieldTerms heading;
  postings::FieldTerms text;
};

// What EntryPreparer makes (store/prepare.h).
struct Prepared {
  std::string packed_source;  // empty where it is not kept
  std::string content_digest;
  struct Checksums {
    std::uint64_t grams = 0;
    std::uint64_t words = 0;
  };
  std::vector<Checksums> checksums;  // of the terms, one a section
};

struct Entry {
  model::Document document;
  std::vector<SectionTerms> terms;  // one a section
  model::Fingerprint fingerprint;
  model::Source source;
  std::string source_digest;
  std::string rules_digest;
  bool keep_source = true;
  std::optional<Prepared> prepared;
};

// Not thread-safe. What happened since Begin() is durable, whole, when Commit() has returned, and
// gone when it has not.
class IndexWriter {
 public:
  virtual ~IndexWriter() = default;

  virtual Status Begin() = 0;

  // Adds a document that is not there. After a failure of this or any other call the batch must be
  // rolled back: what waits in memory for the next segment has no savepoints.
  virtual Status Add(const Entry& entry) = 0;

  // Takes a document out; nothing where it is not there.
  virtual Status Remove(const std::string& document_id) = 0;

  // Makes one segment of all and gives the file's free pages back. Begins and commits by itself;
  // needs room for a second copy of the file meanwhile.
  virtual Status Optimize() = 0;

  // Empties the index but keeps the documents. Until each of them was removed and added again, the
  // knowledge base must not be committed (rebuild).
  virtual Status ClearTerms() = 0;

  virtual Status SetInfo(const IndexInfo& info) = 0;
  virtual Status Commit() = 0;
  virtual Status Rollback() = 0;

  // Adds to the log of ingests. Begins and commits by itself; no generation rises.
  virtual Status LogRun(const IngestRecord& record) = 0;

  // Fingerprints are added and taken out with their documents; bands and groups are put there by
  // whoever compares them.
  virtual DuplicateStore& duplicates() = 0;

  // Reads on the same connection: sees what is not committed yet.
  virtual IndexReader& reader() = 0;
};

}  // namespace sakuin::store

#pragma once

// Reads what a knowledge base holds: documents, sources, counts. Searching is query/backend's.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/model/duplicates.h"
#include "indexer/model/source.h"
#include "indexer/store/advice.h"
#include "indexer/store/document_list.h"
#include "indexer/store/index_info.h"
#include "indexer/store/ingest_log.h"

namespace sakuin::store {

struct SourceFacts {
  std::string digest;
  std::int64_t bytes = 0;
};

// What decides whether a document has to be read again.
struct DocumentState {
  std::string id;
  std::string uri;
  std::string origin;
  std::string source_digest;
  std::string rules_digest;
};

// One connection: not thread-safe; open one a thread. Every method can fail with kIo, kLocked or
// kDamaged.
class IndexReader {
 public:
  virtual ~IndexReader() = default;

  virtual Result<IndexInfo> Info() = 0;
  virtual Result<Totals> ReadTotals() = 0;
  // Differs from what it was on this connection once anybody has committed anything; next to free.
  virtual Result<std::int64_t> Stamp() = 0;
  // Rises with every entry of the log of reviews; 0 where there is none. Next to free.
  virtual Result<std::int64_t> LastReview() = 0;

  // In byte order of uri, then id.
  virtual Result<std::vector<DocumentSummary>> ListDocuments() = 0;
  virtual Result<DocumentPage> FindDocuments(const DocumentQuery& query) = 0;
  virtual Result<DocumentNeighbours> NeighboursOf(const std::string& document_id) = 0;
  // The last ingests, the newest first.
  virtual Result<std::vector<IngestRecord>> ReadRuns() = 0;
  // Of every document, in order of adding.
  virtual Result<std::vector<DocumentState>> ReadStates() = 0;

  // The whole document with sections, tags, aspects and advice; kNotFound.
  virtual Result<model::Document> ReadDocument(const std::string& document_id) = 0;

  // The digest and the number of the input's bytes, as they were read; kNotFound.
  virtual Result<SourceFacts> ReadSourceFacts(const std::string& document_id) = 0;

  // The input's bytes and how it was asked to be read; nothing with --no-keep-source.
  virtual Result<std::optional<model::Source>> ReadSource(const std::string& document_id) = 0;

  // Ids of the documents whose id begins with `prefix`, at most `limit`.
  virtual Result<std::vector<std::string>> FindIds(const std::string& prefix,
                                                   std::int64_t limit) = 0;

  // Sections by "language", "condition", "aspect" or "site", advice by "stance" or "action"; the
  // empty value is left out.
  virtual Result<Counts> CountBy(const std::string& facet) = 0;

  // Advice in byte order of uris, then in reading order, all of one snapshot. `visit` gives false
  // where no more is wanted.
  virtual Result<AdvicePage> ForEachAdvice(const AdviceQuery& query,
                                           const std::function<bool(AdviceRecord)>& visit) = 0;
  // By the id of the advice; kNotFound.
  virtual Result<AdviceRecord> ReadAdvice(const std::string& id) = 0;

  // All groups of near-duplicates, in order of their representatives' uris.
  virtual Result<std::vector<model::DuplicateGroup>> ListDuplicates() = 0;
  // The group that a document is in; empty where it has no duplicates.
  virtual Result<model::DuplicateGroup> DuplicatesOf(const std::string& document_id) = 0;
  // For what counts sources: two documents of one group are one source (SourceOf()).
  virtual Result<model::Representatives> ReadRepresentatives() = 0;

  // Everything that is damaged, nothing when sound. Reads every byte.
  virtual Result<std::vector<Problem>> Verify() = 0;

  // A whole copy at one moment, while others read and write. The file must not exist.
  virtual Status BackUp(const std::string& path) = 0;
};

}  // namespace sakuin::store

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/store/index_reader.h"
#include "indexer/store/sqlite/advice_rows.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// Reads through a connection that it does not own and that must outlive it.
class SqliteReader : public IndexReader {
 public:
  explicit SqliteReader(Database& db);

  Result<IndexInfo> Info() override;
  Result<Totals> ReadTotals() override;
  Result<std::int64_t> Stamp() override;
  Result<std::int64_t> LastReview() override;
  Result<std::vector<DocumentSummary>> ListDocuments() override;
  Result<DocumentPage> FindDocuments(const DocumentQuery& query) override;
  Result<DocumentNeighbours> NeighboursOf(const std::string& document_id) override;
  Result<std::vector<IngestRecord>> ReadRuns() override;
  Result<SourceFacts> ReadSourceFacts(const std::string& document_id) override;
  Result<std::vector<DocumentState>> ReadStates() override;
  Result<model::Document> ReadDocument(const std::string& document_id) override;
  Result<std::optional<model::Source>> ReadSource(const std::string& document_id) override;
  Result<std::vector<std::string>> FindIds(const std::string& prefix, std::int64_t limit) override;
  Result<Counts> CountBy(const std::string& facet) override;
  Result<std::vector<model::DuplicateGroup>> ListDuplicates() override;
  Result<model::DuplicateGroup> DuplicatesOf(const std::string& document_id) override;
  Result<model::Representatives> ReadRepresentatives() override;
  Result<AdvicePage> ForEachAdvice(const AdviceQuery& query,
                                   const std::function<bool(AdviceRecord)>& visit) override;
  Result<AdviceRecord> ReadAdvice(const std::string& id) override;
  Result<std::vector<Problem>> Verify() override;
  Status BackUp(const std::string& path) override;

 private:
  Result<std::int64_t> ReadNumber(const char* statement);
  Status ReadSections(std::int64_t document, std::vector<model::Section>& out);
  Status ReadTags(std::int64_t section, model::Section& out);

  Database& db_;
  SqlLibrary sql_;
  AdviceRows advice_;
};

// Every layer's findings: the file, the two indexes against the checksums, the rows against the
// content digests.
Result<std::vector<Problem>> VerifyDatabase(Database& db, SqlLibrary& sql, IndexReader& reader);

}  // namespace sakuin::store

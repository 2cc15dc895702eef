#pragma once

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/document_list.h"
#include "indexer/store/ingest_log.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// Within the caller's transaction: adds a run and forgets those that are too old.
Status AddRun(SqlLibrary& sql, const IngestRecord& record);
// The newest first.
Result<std::vector<IngestRecord>> ListRuns(SqlLibrary& sql);

Result<DocumentPage> FindDocuments(SqlLibrary& sql, const DocumentQuery& query);
Result<DocumentNeighbours> FindNeighbours(SqlLibrary& sql, const std::string& document_id);

}  // namespace sakuin::store

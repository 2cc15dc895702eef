#include "indexer/store/sqlite/ingest_rows.h"

#include <algorithm>
#include <functional>

#include "indexer/store/sqlite/database.h"

namespace sakuin::store {
namespace {

// Calls `take` for every row.
template <typename... Args>
Status ForEach(SqlLibrary& sql, std::string_view name,
               const std::function<void(const Statement&)>& take, const Args&... args) {
  const auto rows = sql.Get(name);
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(args...);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    take(s);
  }
}

Status AddLists(SqlLibrary& sql, std::int64_t run, const IngestRecord& record) {
  Status done;
  const std::size_t rejected = std::min(record.rejected.size(), kListedOfRun);
  for (std::size_t i = 0; done && i < rejected; ++i) {
    const RejectedInput& one = record.rejected[i];
    done = sql.Run("insert_rejected", run, std::uint64_t{i}, one.uri, one.reason, one.code);
  }
  const std::size_t warnings = std::min(record.warnings.size(), kListedOfRun);
  for (std::size_t i = 0; done && i < warnings; ++i) {
    done = sql.Run("insert_warning", run, std::uint64_t{i}, record.warnings[i]);
  }
  for (std::size_t i = 0; done && i < record.blocks.size(); ++i) {
    const BlockTotal& one = record.blocks[i];
    done = sql.Run("insert_block", run, one.kept ? 1 : 0, one.reason, one.count);
  }
  return done;
}

}  // namespace

Status AddRun(SqlLibrary& sql, const IngestRecord& record) {
  Status done = sql.Run("insert_run", record.at, record.added, record.updated, record.unchanged,
                        record.removed, record.rejected_in_all, record.bytes, record.seconds,
                        record.interrupted ? 1 : 0);
  if (!done) return done;
  const std::int64_t run = sql.LastRow();
  done = AddLists(sql, run, record);
  const std::int64_t old = run - kIngestRecords;
  for (const char* const name :
       {"forget_rejected", "forget_warnings", "forget_blocks", "forget_runs"}) {
    if (done) done = sql.Run(name, old);
  }
  return done;
}

Result<std::vector<IngestRecord>> ListRuns(SqlLibrary& sql) {
  std::vector<IngestRecord> out;
  std::vector<std::int64_t> numbers;
  Status done = ForEach(sql, "read_runs", [&](const Statement& s) {
    numbers.push_back(s.Int(0));
    IngestRecord record;
    record.at = s.Copy(1);
    record.added = s.Int(2);
    record.updated = s.Int(3);
    record.unchanged = s.Int(4);
    record.removed = s.Int(5);
    record.rejected_in_all = s.Int(6);
    record.bytes = static_cast<std::uint64_t>(s.Int(7));
    record.seconds = s.Real(8);
    record.interrupted = s.Int(9) != 0;
    out.push_back(std::move(record));
  });
  for (std::size_t i = 0; done && i < out.size(); ++i) {
    IngestRecord& record = out[i];
    done = ForEach(
        sql, "read_rejected",
        [&](const Statement& s) {
          record.rejected.push_back({s.Copy(0), s.Copy(1), s.Copy(2)});
        },
        numbers[i]);
    if (!done) break;
    done = ForEach(
        sql, "read_warnings", [&](const Statement& s) { record.warnings.push_back(s.Copy(0)); },
        numbers[i]);
    if (!done) break;
    done = ForEach(
        sql, "read_blocks",
        [&](const Statement& s) {
          record.blocks.push_back({s.Int(0) != 0, s.Copy(1), s.Int(2)});
        },
        numbers[i]);
  }
  if (!done) return Pass(done);
  return out;
}

Result<DocumentPage> FindDocuments(SqlLibrary& sql, const DocumentQuery& query) {
  DocumentPage out;
  Status done = ForEach(
      sql, "count_found_documents", [&](const Statement& s) { out.total = s.Int(0); },
      query.contains, query.language, query.site);
  if (!done) return Pass(done);
  done = ForEach(
      sql, "find_documents",
      [&](const Statement& s) {
        out.documents.push_back({s.Copy(0), s.Copy(1), s.Copy(2), s.Copy(3), s.Copy(4), s.Copy(5),
                                 s.Copy(6), s.Copy(7), s.Int(8), s.Int(9)});
      },
      query.contains, query.language, query.site, static_cast<int>(query.order), query.limit,
      query.offset);
  if (!done) return Pass(done);
  return out;
}

Result<DocumentNeighbours> FindNeighbours(SqlLibrary& sql, const std::string& document_id) {
  DocumentNeighbours out;
  const auto take = [](DocumentSummary& to) {
    return [&to](const Statement& s) {
      to.id = s.Copy(0);
      to.title = s.Copy(1);
    };
  };
  Status done = ForEach(sql, "document_before", take(out.previous), document_id);
  if (done) done = ForEach(sql, "document_behind", take(out.next), document_id);
  if (!done) return Pass(done);
  return out;
}

}  // namespace sakuin::store

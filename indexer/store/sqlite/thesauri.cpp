#include "indexer/store/thesauri.h"

#include "indexer/base/embedded.h"
#include "indexer/base/files.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::embedded {
extern const File kStoreSql[];
}

namespace sakuin::store {
namespace {

// One change in one transaction; cursors of searches end with it.
template <typename Change>
Status Commit(Database& db, SqlLibrary& sql, const Change& change) {
  Status done = sql.Run("begin");
  if (done) done = change();
  if (done) done = sql.Run("next_generation");
  if (done) done = sql.Run("commit");
  if (!done && db.InTransaction()) (void)sql.Run("rollback");
  return done;
}

Result<std::vector<StoredThesaurus>> List(SqlLibrary& sql) {
  std::vector<StoredThesaurus> out;
  const auto has = sql.Get("has_thesauri");
  if (!has) return Pass(has);
  const auto known = (*has)->Bind().Step();
  if (!known) return Pass(known);
  const bool none = (*has)->Int(0) == 0;
  (*has)->Reset();
  if (none) return out;
  const auto rows = sql.Get("list_thesauri");
  if (!rows) return Pass(rows);
  (*rows)->Bind();
  for (;;) {
    const auto more = (*rows)->Step();
    if (!more) return Pass(more);
    if (!*more) return out;
    out.push_back({(*rows)->Copy(0), (*rows)->Copy(1), (*rows)->Copy(2)});
  }
}

}  // namespace

Result<std::vector<StoredThesaurus>> ListThesauri(const std::string& kb) {
  if (!files::Exists(kb)) return std::vector<StoredThesaurus>();
  auto db = Database::Open(kb, OpenMode::kReadOld);
  if (!db) return Pass(db);
  SqlLibrary sql(*db, embedded::kStoreSql);
  return List(sql);
}

Status PutThesaurus(const std::string& kb, const StoredThesaurus& thesaurus) {
  auto db = Database::Open(kb, OpenMode::kCreate);
  if (!db) return Pass(db);
  SqlLibrary sql(*db, embedded::kStoreSql);
  return Commit(*db, sql, [&] {
    return sql.Run("put_thesaurus", thesaurus.name, thesaurus.format, Blob{thesaurus.bytes});
  });
}

Status RemoveThesaurus(const std::string& kb, const std::string& name) {
  auto db = Database::Open(kb, OpenMode::kWrite);
  if (!db) return Pass(db);
  SqlLibrary sql(*db, embedded::kStoreSql);
  const auto all = List(sql);
  if (!all) return Pass(all);
  for (const StoredThesaurus& one : *all) {
    if (one.name == name) {
      return Commit(*db, sql, [&] { return sql.Run("remove_thesaurus", name); });
    }
  }
  return Fail(ErrorCode::kNotFound,
              "there is no thesaurus '" + name +
                  "' in this knowledge base; `sakuin thesaurus import --list` shows all",
              kb);
}

}  // namespace sakuin::store

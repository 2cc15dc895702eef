#include "indexer/store/sqlite/migrations.h"

#include <string>

#include "indexer/base/embedded.h"
#include "indexer/store/sqlite/database.h"

namespace sakuin::embedded {
extern const File kSchema[];
}

namespace sakuin::store {
namespace {

// "0001_init.sql" -> 1.
std::int64_t NumberOf(const embedded::File& file) { return std::stoll(std::string(file.name, 4)); }

Status Apply(Database& db, std::int64_t from) {
  for (const embedded::File* file = embedded::kSchema; file->name != nullptr; ++file) {
    if (NumberOf(*file) <= from) continue;
    if (const Status done = db.Execute(std::string(file->Text())); !done) return done;
  }
  return db.Execute("PRAGMA user_version = " + std::to_string(NewestSchema()));
}

Result<std::int64_t> SchemaOf(Database& db) {
  auto statement = db.Prepare("PRAGMA user_version");
  if (!statement) return Pass(statement);
  const auto row = statement->Step();
  if (!row) return Pass(row);
  return statement->Int(0);
}

}  // namespace

std::int64_t NewestSchema() {
  std::int64_t newest = 0;
  for (const embedded::File* file = embedded::kSchema; file->name != nullptr; ++file) {
    newest = std::max(newest, NumberOf(*file));
  }
  return newest;
}

Status CheckSchema(Database& db) {
  const auto version = SchemaOf(db);
  if (!version) return Pass(version);
  if (*version >= NewestSchema()) return {};
  return Fail(ErrorCode::kRulesChanged,
              "was written by an older Sakuin (schema " + std::to_string(*version) +
                  ", this program's is " + std::to_string(NewestSchema()) + "); run `sakuin --db " +
                  db.path() + " rebuild`",
              db.path());
}

Status Migrate(Database& db, bool fresh) {
  const auto version = SchemaOf(db);
  if (!version) return Pass(version);
  if (*version == NewestSchema()) return {};
  if (const Status begun = db.Execute("BEGIN IMMEDIATE"); !begun) return begun;
  Status done =
      fresh ? db.Execute("PRAGMA application_id = " + std::to_string(kApplicationId)) : Status();
  if (done) done = Apply(db, *version);
  if (done) done = db.Execute("COMMIT");
  if (!done && db.InTransaction()) (void)db.Execute("ROLLBACK");
  return done;
}

}  // namespace sakuin::store

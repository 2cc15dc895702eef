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

}  // namespace

std::int64_t NewestSchema() {
  std::int64_t newest = 0;
  for (const embedded::File* file = embedded::kSchema; file->name != nullptr; ++file) {
    newest = std::max(newest, NumberOf(*file));
  }
  return newest;
}

Status Migrate(Database& db, bool fresh) {
  std::int64_t version = 0;
  {
    auto statement = db.Prepare("PRAGMA user_version");
    if (!statement) return Pass(statement);
    const auto row = statement->Step();
    if (!row) return Pass(row);
    version = statement->Int(0);
  }
  if (version == NewestSchema()) return {};
  if (const Status begun = db.Execute("BEGIN IMMEDIATE"); !begun) return begun;
  Status done =
      fresh ? db.Execute("PRAGMA application_id = " + std::to_string(kApplicationId)) : Status();
  if (done) done = Apply(db, version);
  if (done) done = db.Execute("COMMIT");
  if (!done && db.InTransaction()) (void)db.Execute("ROLLBACK");
  return done;
}

}  // namespace sakuin::store

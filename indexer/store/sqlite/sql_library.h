#pragma once

// Named SQL statements: "-- name: insert_document" in an embedded .sql file begins one.

#include <map>
#include <string>
#include <string_view>

#include "indexer/base/embedded.h"
#include "indexer/base/result.h"
#include "indexer/store/sqlite/database.h"

namespace sakuin::store {

// The statements of one connection, prepared when first used. Not thread-safe; must not outlive
// the database.
class SqlLibrary {
 public:
  // `files` ends with a nameless entry.
  SqlLibrary(Database& db, const embedded::File* files);

  // Fails where SQLite refuses the statement; a name that is in no file is kLibrary.
  Result<Statement*> Get(std::string_view name);

  // Runs that statement for its effect, `args` bound in their order.
  template <typename... Args>
  Status Run(std::string_view name, const Args&... args) {
    const auto statement = Get(name);
    if (!statement) return Pass(statement);
    return (*statement)->Run(args...);
  }

  // As Database::LastRow().
  std::int64_t LastRow() const { return db_.LastRow(); }

  // Prepares every statement: a test's check of the .sql files.
  Status PrepareAll();

 private:
  Database& db_;
  std::map<std::string, std::string_view, std::less<>> texts_;
  std::map<std::string, Statement, std::less<>> prepared_;
};

}  // namespace sakuin::store

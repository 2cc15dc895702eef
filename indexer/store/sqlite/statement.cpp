#include <sqlite3.h>

#include "indexer/store/sqlite/database.h"

namespace sakuin::store {

void Statement::Finalizer::operator()(sqlite3_stmt* raw) const { sqlite3_finalize(raw); }

Result<bool> Statement::Step() {
  const int code = sqlite3_step(raw_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(raw_.get());
    return false;
  }
  sqlite3* const db = sqlite3_db_handle(raw_.get());
  const char* const name = sqlite3_db_filename(db, "main");
  Error error =
      SqliteError(sqlite3_extended_errcode(db), sqlite3_errmsg(db), name == nullptr ? "" : name);
  sqlite3_reset(raw_.get());
  return tl::unexpected<Error>(std::move(error));
}

Status Statement::Finish() {
  for (;;) {
    const auto row = Step();
    if (!row) return Pass(row);
    if (!*row) return {};
  }
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(raw_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(raw_.get(), column); }

double Statement::Real(int column) const { return sqlite3_column_double(raw_.get(), column); }

std::string_view Statement::Text(int column) const {
  const void* const bytes = sqlite3_column_blob(raw_.get(), column);
  const int size = sqlite3_column_bytes(raw_.get(), column);
  if (bytes == nullptr || size <= 0) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

void Statement::Reset() { sqlite3_reset(raw_.get()); }

void Statement::BindOne(int index, std::int64_t value) {
  sqlite3_bind_int64(raw_.get(), index, value);
}

void Statement::BindOne(int index, double value) { sqlite3_bind_double(raw_.get(), index, value); }

void Statement::BindOne(int index, std::string_view value) {
  // An empty view may have no address; SQLite would take that for NULL.
  const char* const data = value.empty() ? "" : value.data();
  sqlite3_bind_text64(raw_.get(), index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::BindOne(int index, Blob value) {
  const char* const data = value.bytes.empty() ? "" : value.bytes.data();
  sqlite3_bind_blob64(raw_.get(), index, data, value.bytes.size(), SQLITE_TRANSIENT);
}

void Statement::BindOne(int index, std::nullptr_t) { sqlite3_bind_null(raw_.get(), index); }

}  // namespace sakuin::store

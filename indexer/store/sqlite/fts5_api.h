#pragma once

struct sqlite3;
struct fts5_api;

namespace sakuin::store {

// FTS5's extension interface of a connection, or nullptr where SQLite was built without FTS5.
fts5_api* Fts5Api(sqlite3* db);

}  // namespace sakuin::store

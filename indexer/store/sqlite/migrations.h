#pragma once

#include <cstdint>

#include "indexer/base/result.h"

namespace sakuin::store {

class Database;

// "Saku" in the file's header tells a knowledge base from other SQLite files.
inline constexpr std::int64_t kApplicationId = 0x53616B75;

// The number of the last file in indexer/store/schema.
std::int64_t NewestSchema();

// kRulesChanged, naming the command that mends it, where the schema is older than this program's:
// a reader cannot bring it up to date.
Status CheckSchema(Database& db);

// Brings a knowledge base to the newest schema: each numbered file once, all in one transaction.
// `fresh`: the file was just made.
Status Migrate(Database& db, bool fresh);

}  // namespace sakuin::store

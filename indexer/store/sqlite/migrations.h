#pragma once

#include <cstdint>

#include "indexer/base/result.h"

namespace sakuin::store {

class Database;

// "Saku" in the file's header tells a knowledge base from other SQLite files.
inline constexpr std::int64_t kApplicationId = 0x53616B75;

// The number of the last file in indexer/store/schema.
std::int64_t NewestSchema();

// kRulesChanged for a knowledge base that a migration has still to reach: who only reads cannot run
// it. `path` is for the message.
Status CheckSchema(Database& db, const std::string& path);

// Brings a knowledge base to the newest schema: each numbered file once, all in one transaction.
// `fresh`: the file was just made.
Status Migrate(Database& db, bool fresh);

}  // namespace sakuin::store

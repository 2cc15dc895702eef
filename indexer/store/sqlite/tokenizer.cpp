#include "indexer/store/sqlite/tokenizer.h"

#include <sqlite3.h>

#include <cstring>
#include <string>

#include "indexer/store/sqlite/fts5_api.h"

namespace sakuin::store {
namespace {

int Create(void*, const char**, int, Fts5Tokenizer** out) {
  static char stateless = 0;  // FTS5 wants an address; nothing is kept there
  *out = reinterpret_cast<Fts5Tokenizer*>(&stateless);
  return SQLITE_OK;
}

void Delete(Fts5Tokenizer*) {}

int Tokenize(Fts5Tokenizer*, void* context, int, const char* text, int size,
             int (*put)(void*, int, const char*, int, int, int)) {
  int begin = 0;
  while (begin < size) {
    const void* const newline =
        std::memchr(text + begin, '\n', static_cast<std::size_t>(size - begin));
    const int end =
        newline == nullptr ? size : static_cast<int>(static_cast<const char*>(newline) - text);
    if (end > begin) {
      const int code = put(context, 0, text + begin, end - begin, begin, end);
      if (code != SQLITE_OK) return code;
    }
    begin = end + 1;
  }
  return SQLITE_OK;
}

}  // namespace

fts5_api* Fts5Api(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) {
    return nullptr;
  }
  sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

Status RegisterTokenizer(sqlite3* db) {
  fts5_api* const api = Fts5Api(db);
  if (api == nullptr) {
    return Fail(ErrorCode::kLibrary,
                "this SQLite (" + std::string(sqlite3_libversion()) + ") was built without FTS5");
  }
  fts5_tokenizer tokenizer{&Create, &Delete, &Tokenize};
  if (api->xCreateTokenizer(api, "sakuin", nullptr, &tokenizer, nullptr) != SQLITE_OK) {
    return Fail(ErrorCode::kLibrary, "cannot register the tokenizer with SQLite");
  }
  return {};
}

}  // namespace sakuin::store

#include "query/backend/sqlite/term_frequency.h"

#include <sqlite3.h>

#include <new>

#include "indexer/store/sqlite/fts5_api.h"

namespace sakuin::backend {
namespace {

void Count(const Fts5ExtensionApi* api, Fts5Context* fts, sqlite3_context* context, int,
           sqlite3_value**) {
  auto& counts = *static_cast<RowCounts*>(api->xUserData(fts));
  try {
    counts.assign(static_cast<std::size_t>(api->xPhraseCount(fts)), {});
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
    return;
  }
  int instances = 0;
  int code = api->xInstCount(fts, &instances);
  for (int i = 0; code == SQLITE_OK && i < instances; ++i) {
    int phrase = 0;
    int column = 0;
    int offset = 0;
    code = api->xInst(fts, i, &phrase, &column, &offset);
    PhraseCounts& count = counts[static_cast<std::size_t>(phrase)];
    ++(column == 0 ? count.text : count.heading);  // the order of the schema
  }
  if (code != SQLITE_OK) sqlite3_result_error_code(context, code);
}

}  // namespace

Status RegisterTermFrequency(sqlite3* db, RowCounts* counts) {
  fts5_api* const api = store::Fts5Api(db);
  if (api == nullptr ||
      api->xCreateFunction(api, "sakuin_tf", counts, &Count, nullptr) != SQLITE_OK) {
    return Fail(ErrorCode::kLibrary, "cannot register sakuin_tf() with SQLite");
  }
  return {};
}

}  // namespace sakuin::backend

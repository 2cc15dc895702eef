#include "indexer/base/digest.h"
#include "indexer/store/sqlite/migrations.h"
#include "indexer/store/sqlite/sql_library.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace sakuin::embedded {
extern const File kStoreSql[];
extern const File kQuerySql[];
}  // namespace sakuin::embedded

namespace sakuin::store {
namespace {

TEST_CASE("every statement of the sql files is one that SQLite accepts", "[store]") {
  const test::TempDir temp;
  auto db = Database::Open(temp.File("kb.db"), OpenMode::kCreate);
  REQUIRE(db);
  for (const embedded::File* files : {embedded::kStoreSql, embedded::kQuerySql}) {
    SqlLibrary sql(*db, files);
    const Status prepared = sql.PrepareAll();
    if (!prepared) FAIL(prepared.error().Text());
  }
  SqlLibrary sql(*db, embedded::kStoreSql);
  CHECK_FALSE(sql.Get("no such statement"));
}

TEST_CASE("a new knowledge base says what it is in its first bytes", "[store]") {
  const test::TempDir temp;
  const std::string path = temp.File("kb.db");
  { REQUIRE(Database::Open(path, OpenMode::kCreate)); }
  const std::string bytes = test::ReadFile(path);
  CHECK(bytes.substr(68, 4) == "Saku");
  CHECK(bytes[63] == static_cast<char>(NewestSchema()));
}

TEST_CASE("the views can be read without our tokenizer", "[store]") {
  const test::TempDir temp;
  const std::string path = temp.File("kb.db");
  auto db = Database::Open(path, OpenMode::kCreate);
  REQUIRE(db);
  for (const char* view : {"documents", "sections", "tags", "aspects"}) {
    auto rows = db->Prepare(std::string("SELECT * FROM ") + view);
    REQUIRE(rows);
    CHECK(rows->Step().value() == false);
  }
}

}  // namespace
}  // namespace sakuin::store

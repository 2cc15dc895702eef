// Knowledge bases that earlier versions wrote, as they lie in tests/compat.

#include <filesystem>
#include <nlohmann/json.hpp>

#include "indexer/store/open.h"
#include "indexer/store/sqlite/migrations.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/cli.h"
#include "tests/support/temp_dir.h"

namespace sakuin::test {
namespace {

TEST_CASE("an old knowledge base asks for a rebuild and works after it", "[store][compat]") {
  const TempDir temp;
  const std::string kb = temp.File("old.db");
  std::filesystem::copy_file(RepositoryPath("tests/compat/schema-1.db"), kb);
  std::filesystem::permissions(kb, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  const auto reader = store::OpenReader(kb);
  REQUIRE_FALSE(reader);
  CHECK(reader.error().code == ErrorCode::kRulesChanged);
  CHECK(reader.error().message.find("rebuild") != std::string::npos);
  const CliResult refused = RunCli({"--db", kb, "search", "ankle"});
  CHECK(refused.status == 2);
  CHECK(refused.err.find("sakuin --db " + kb + " rebuild") != std::string::npos);
  REQUIRE(RunCli({"--db", kb, "rebuild"}).status == 0);
  CHECK(RunCli({"--db", kb, "search", "\"cold pack\""}).status == 0);
  CHECK(RunCli({"--db", kb, "verify"}).status == 0);
  const auto info = (*store::OpenReader(kb))->Info();
  REQUIRE(info);
  CHECK(info->schema == store::NewestSchema());
}

}  // namespace
}  // namespace sakuin::test

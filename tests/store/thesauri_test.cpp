#include "indexer/store/thesauri.h"

#include <filesystem>

#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace sakuin::store {
namespace {

TEST_CASE("thesauri are kept in a knowledge base", "[store]") {
  const test::TempDir temp;
  const std::string kb = temp.File("k.db");
  CHECK(ListThesauri(kb)->empty());
  CHECK_FALSE(RemoveThesaurus(kb, "a"));
  const std::string bytes("\0\xFF\n", 3);
  REQUIRE(PutThesaurus(kb, {"b", "rdf", "x"}));
  REQUIRE(PutThesaurus(kb, {"a", "tsv", "y"}));
  REQUIRE(PutThesaurus(kb, {"a", "csv", bytes}));
  const auto all = ListThesauri(kb);
  REQUIRE(all);
  REQUIRE(all->size() == 2);
  CHECK(((*all)[0].name == "a" && (*all)[0].format == "csv" && (*all)[0].bytes == bytes));
  CHECK((*all)[1].name == "b");
  REQUIRE(RemoveThesaurus(kb, "a"));
  CHECK(RemoveThesaurus(kb, "a").error().code == ErrorCode::kNotFound);
  CHECK(ListThesauri(kb)->size() == 1);
}

TEST_CASE("an older knowledge base has no thesauri and takes some", "[store][compat]") {
  const test::TempDir temp;
  const std::string kb = temp.File("old.db");
  std::filesystem::copy_file(test::RepositoryPath("tests/compat/schema-1.db"), kb);
  std::filesystem::permissions(kb, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  const auto none = ListThesauri(kb);
  REQUIRE(none);
  CHECK(none->empty());
  REQUIRE(PutThesaurus(kb, {"a", "tsv", "x"}));
  CHECK(ListThesauri(kb)->size() == 1);
  CHECK_FALSE(ListThesauri(temp.Write("page.html", "<html>")));
}

}  // namespace
}  // namespace sakuin::store

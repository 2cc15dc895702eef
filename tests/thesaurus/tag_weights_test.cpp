#include "indexer/thesaurus/tag_weights.h"

#include "indexer/base/files.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/thesaurus/data.h"

namespace sakuin::thesaurus {
namespace {

TEST_CASE("weights are all there, once, and numbers", "[thesaurus][data]") {
  const std::string shipped =
      test::Must(files::Read(test::Shipped().dir + "/thesaurus/tag_weights.tsv"));
  const test::TempDir temp;
  const auto load = [&temp](const std::string& bytes) {
    temp.Write("thesaurus/tag_weights.tsv", bytes);
    return TagWeights::Load(temp.path());
  };
  REQUIRE(load(shipped));
  CHECK(test::Must(load(shipped)).named_in_heading > 0);
  const std::string row = shipped.substr(shipped.find("early\t"));
  const std::string line = row.substr(0, row.find('\n') + 1);
  for (const std::string& bytes :
       {shipped + line, shipped + "unheard-of\t1\tnothing\n", shipped + "early\n",
        shipped.substr(0, shipped.find("early\t")) + "early\tmuch\tx\n",
        shipped.substr(0, shipped.find("early\t")) + "early\t-1\tx\n",
        shipped.substr(0, shipped.find("early\t"))}) {
    const auto loaded = load(bytes);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == ErrorCode::kBadData);
    CHECK(loaded.error().where.find("tag_weights.tsv") != std::string::npos);
  }
}

}  // namespace
}  // namespace sakuin::thesaurus

#include "indexer/base/mapped_file.h"

#include <utility>

#include "indexer/base/checksum.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"
#include "tests/support/temp_dir.h"

namespace sakuin {
namespace {

TEST_CASE("a mapped file is the file", "[base]") {
  const test::TempDir temp;
  for (const std::size_t size : {1, 4096, 100000}) {
    const std::string bytes = test::RandomBytes(7, size);
    auto file = MappedFile::Open(temp.Write("f", bytes));
    REQUIRE(file);
    CHECK(file->bytes() == bytes);
    CHECK(file->stamp().size == size);
    const MappedFile moved = std::move(*file);
    // A file that is renamed over it is another one.
    REQUIRE(files::WriteAtomically(temp.File("f"), "other"));
    CHECK(moved.bytes() == bytes);
  }
  CHECK(MappedFile::Open(temp.Write("empty", ""))->bytes().empty());
  CHECK(MappedFile::Open(temp.File("none")).error().code == ErrorCode::kNotFound);
  CHECK_FALSE(MappedFile::Open(temp.path()));
}

TEST_CASE("checksums are XXH3's, of a file as of its bytes", "[base]") {
  CHECK(Checksum("") == 0x2D06800538D394C2U);  // of the reference implementation's test vectors
  const test::TempDir temp;
  for (const std::size_t size : {0, 1, 17, 240, 241, 131071, 131072, 131073, 400000}) {
    const std::string bytes = test::RandomBytes(3, size);
    CHECK(ChecksumOfFile(temp.Write("f", bytes)) == Checksum(bytes));
    if (size == 0) continue;
    std::string other = bytes;
    other[size / 2] = static_cast<char>(other[size / 2] ^ 1);
    CHECK(Checksum(other) != Checksum(bytes));
  }
  CHECK(ChecksumOfFile(temp.File("none")).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a stamp moves when a file does", "[base]") {
  const test::TempDir temp;
  CHECK_FALSE(files::StampOf(temp.File("f")));
  const auto before = *files::StampOf(temp.Write("f", "one"));
  CHECK(before.size == 3);
  const auto after = *files::StampOf(temp.Write("f", "three"));
  CHECK(after.size == 5);
  CHECK((after.modified >= before.modified && after.changed >= before.changed));
}

}  // namespace
}  // namespace sakuin

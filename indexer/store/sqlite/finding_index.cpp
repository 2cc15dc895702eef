#include "indexer/store/finding_index.h"

#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "indexer/base/embedded.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::embedded {
extern const File kStoreSql[];
}

namespace sakuin::store {
namespace {

constexpr std::size_t kNumber = 8;
constexpr std::array kParts = {&IndexedPair::tension, &IndexedPair::finding, &IndexedPair::a,
                               &IndexedPair::b};
constexpr std::size_t kPair = kNumber * kParts.size();

// Big-endian, so that a hex dump shows ids.
std::string Encode(const std::vector<IndexedPair>& pairs) {
  std::string out;
  out.reserve(pairs.size() * kPair);
  for (const IndexedPair& pair : pairs) {
    for (const auto part : kParts) {
      for (std::size_t i = kNumber; i-- > 0;) out += static_cast<char>(pair.*part >> i * 8U & 255U);
    }
  }
  return out;
}

std::vector<IndexedPair> Decode(std::string_view bytes) {
  std::vector<IndexedPair> out;
  out.reserve(bytes.size() / kPair);
  for (std::size_t at = 0; at + kPair <= bytes.size();) {
    IndexedPair& pair = out.emplace_back();
    for (const auto part : kParts) {
      for (std::size_t i = 0; i < kNumber; ++i) {
        pair.*part = pair.*part << 8U | static_cast<unsigned char>(bytes[at++]);
      }
    }
  }
  return out;
}

// That of the knowledge base, and of the cache: -1 where there is none.
Result<std::pair<std::int64_t, std::int64_t>> Generations(SqlLibrary& sql) {
  const auto rows = sql.Get("finding_index_generation");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind().Step();
  if (!row) return Pass(row);
  const std::pair out{(*rows)->Int(0), (*rows)->Int(1)};
  (*rows)->Reset();
  return out;
}

Status Write(SqlLibrary& sql, std::int64_t generation, const std::vector<IndexedPair>& pairs) {
  const auto now = Generations(sql);
  if (!now) return Pass(now);
  if (now->first != generation || now->second == generation) return {};
  const auto write = sql.Get("write_finding_index");
  if (!write) return Pass(write);
  const std::string bytes = Encode(pairs);
  return (*write)->Run(generation, Blob{bytes});
}

}  // namespace

std::uint64_t IdToNumber(const std::string& id) {
  constexpr int kHex = 16;
  return std::strtoull(id.c_str(), nullptr, kHex);
}

std::string NumberToId(std::uint64_t number) {
  std::string out(2 * kNumber, '0');
  for (std::size_t i = out.size(); i-- > 0; number >>= 4U)
    out[i] = "0123456789abcdef"[number & 15U];
  return out;
}

Result<std::optional<std::vector<IndexedPair>>> ReadFindingIndex(const std::string& kb) {
  auto db = Database::Open(kb, OpenMode::kRead);
  if (!db) return Pass(db);
  SqlLibrary sql(*db, embedded::kStoreSql);
  const auto rows = sql.Get("read_finding_index");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind().Step();
  if (!row) return Pass(row);
  std::optional<std::vector<IndexedPair>> out;
  if (*row) out = Decode((*rows)->Text(0));
  (*rows)->Reset();
  return out;
}

Status WriteFindingIndex(const std::string& kb, std::int64_t generation,
                         const std::vector<IndexedPair>& pairs) {
  auto db = Database::Open(kb, OpenMode::kWrite);
  if (!db) return Pass(db);
  // Not worth waiting for an ingest.
  if (const Status done = db->Execute("PRAGMA busy_timeout = 0"); !done) return done;
  SqlLibrary sql(*db, embedded::kStoreSql);
  const auto begin = sql.Get("begin");
  if (!begin) return Pass(begin);
  Status done = (*begin)->Run();
  if (done) done = Write(sql, generation, pairs);
  const auto end = sql.Get(done ? "commit" : "rollback");
  if (!end) return Pass(end);
  if (done) return (*end)->Run();
  if (db->InTransaction()) (void)(*end)->Run();
  return done;
}

}  // namespace sakuin::store

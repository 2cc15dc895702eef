#include <unordered_map>

#include "indexer/store/sqlite/checksum.h"
#include "indexer/store/sqlite/duplicates.h"
#include "indexer/store/sqlite/reader.h"

namespace sakuin::store {
namespace {

constexpr const char* kRebuild = "sakuin rebuild";
constexpr const char* kRestore = "restore a backup, or ingest the articles into a new file";

Status CheckFile(Database& db, std::vector<Problem>& out) {
  auto check = db.Prepare("PRAGMA quick_check(20)");
  if (!check) return Pass(check);
  for (;;) {
    const auto row = check->Step();
    if (!row) {
      out.push_back({"file", db.path(), row.error().message, kRestore});
      return {};
    }
    if (!*row) return {};
    if (check->Text(0) != "ok") out.push_back({"file", db.path(), check->Copy(0), kRestore});
  }
}

// Sums the terms that stand in one FTS5 table by section, reading every posting.
Result<std::unordered_map<std::int64_t, std::uint64_t>> SumTerms(Database& db,
                                                                 const std::string& table) {
  const std::string vocabulary = "temp.verify_" + table;
  const Status made = db.Execute(
      "PRAGMA query_only = OFF; DROP TABLE IF EXISTS " + vocabulary + "; CREATE VIRTUAL TABLE " +
      vocabulary + " USING fts5vocab (main, " + table + ", instance); PRAGMA query_only = ON;");
  if (!made) return Pass(made);
  auto rows = db.Prepare("SELECT doc, col, offset, term FROM " + vocabulary);
  if (!rows) return Pass(rows);
  std::unordered_map<std::int64_t, std::uint64_t> sums;
  for (;;) {
    const auto row = rows->Step();
    if (!row) return Pass(row);
    if (!*row) return sums;
    sums[rows->Int(0)] += TermChecksum(rows->Text(1) == "text",
                                       static_cast<std::uint64_t>(rows->Int(2)), rows->Text(3));
  }
}

Status CheckIndex(Database& db, SqlLibrary& sql, const std::string& table, int column,
                  std::vector<Problem>& out) {
  auto sums = SumTerms(db, table);
  if (!sums) {
    out.push_back({"index", table, sums.error().message, kRebuild});
    return {};
  }
  const auto rows = sql.Get("section_checksums");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    const auto found = sums->find(s.Int(0));
    const std::uint64_t sum = found == sums->end() ? 0 : found->second;
    if (sum != static_cast<std::uint64_t>(s.Int(column))) {
      out.push_back({"index", s.Copy(1), table + " does not hold the section's terms", kRebuild});
    }
    if (found != sums->end()) sums->erase(found);
  }
  if (!sums->empty()) {
    out.push_back(
        {"index", table, std::to_string(sums->size()) + " rows belong to no section", kRebuild});
  }
  return {};
}

Status CheckRows(SqlLibrary& sql, std::vector<Problem>& out) {
  const auto rows = sql.Get("orphans");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    if (s.Int(1) != 0) {
      out.push_back({"text", s.Copy(0),
                     std::to_string(s.Int(1)) + " rows have lost what they belong to", kRebuild});
    }
  }
}

Status CheckDigests(SqlLibrary& sql, IndexReader& reader, std::vector<Problem>& out) {
  const auto rows = sql.Get("all_ids");
  if (!rows) return Pass(rows);
  std::vector<std::pair<std::string, std::string>> ids;
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    ids.emplace_back(s.Copy(0), s.Copy(1));
  }
  for (const auto& [id, digest] : ids) {
    const auto document = reader.ReadDocument(id);
    if (!document) {
      out.push_back({"text", id, document.error().message, kRestore});
    } else if (ContentDigest(*document) != digest) {
      out.push_back({"text", id, "the stored text is not what was ingested", kRebuild});
    }
    const auto source = reader.ReadSource(id);
    if (!source) out.push_back({"text", id, source.error().message, kRestore});
  }
  return {};
}

// Every fingerprint against its bands, and that there are no others.
Status CheckFingerprints(SqlLibrary& sql, std::vector<Problem>& out) {
  SqliteDuplicates duplicates(sql);
  const auto rows = sql.Get("fingerprinted");
  if (!rows) return Pass(rows);
  const auto band = sql.Get("has_band");
  if (!band) return Pass(band);
  std::int64_t bands = 0;
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    const auto print = duplicates.ReadFingerprint(s.Int(0));
    if (!print) return Pass(print);
    bool whole = true;
    for (const std::uint64_t key : model::BandKeys(*print)) {
      const auto found = (*band)->Bind(key, s.Int(0)).Step();
      if (!found) return Pass(found);
      whole = whole && *found;
      ++bands;
    }
    if (!whole) {
      out.push_back({"index", s.Copy(1), "its fingerprint and bands do not agree", kRebuild});
    }
  }
  const auto count = sql.Get("band_count");
  if (!count) return Pass(count);
  const auto row = (*count)->Bind().Step();
  if (!row) return Pass(row);
  const std::int64_t stored = (*count)->Int(0);
  (*count)->Reset();
  (*band)->Reset();
  if (stored != bands) {
    out.push_back({"index", "fingerprint_band",
                   std::to_string(stored) + " rows instead of " + std::to_string(bands), kRebuild});
  }
  return {};
}

}  // namespace

Result<std::vector<Problem>> VerifyDatabase(Database& db, SqlLibrary& sql, IndexReader& reader) {
  std::vector<Problem> out;
  const auto guard = [&out](const Status& done) {
    if (!done) out.push_back({"file", done.error().where, done.error().message, kRestore});
  };
  if (const Status done = CheckFile(db, out); !done) return Pass(done);
  guard(CheckIndex(db, sql, "gram_index", 2, out));
  guard(CheckIndex(db, sql, "word_index", 3, out));
  guard(CheckRows(sql, out));
  guard(CheckFingerprints(sql, out));
  guard(CheckDigests(sql, reader, out));
  return out;
}

}  // namespace sakuin::store

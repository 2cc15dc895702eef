#include <unordered_map>

#include "indexer/base/utf8.h"
#include "indexer/store/sqlite/checksum.h"
#include "indexer/store/sqlite/duplicates.h"
#include "indexer/store/sqlite/posting_reader.h"
#include "indexer/store/sqlite/reader.h"
#include "indexer/store/sqlite/review_rows.h"

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

struct Sums {
  std::uint64_t grams = 0;
  std::uint64_t words = 0;
};
using SumsBySection = std::unordered_map<std::int64_t, Sums>;

void AddTerm(const postings::Segment& segment, const postings::Term& term,
             postings::PostingList& list, SumsBySection& sums) {
  using postings::IsGramKey;
  const postings::Field field = postings::FieldOf(term.key);
  const std::string_view text = std::string_view(term.key).substr(1);
  segment.Read(term, list);
  std::uint64_t gram = 0;
  if (IsGramKey(term.key)) {
    std::size_t at = 0;
    const char32_t first = utf8::Next(text, at);
    gram = postings::Gram(first, at < text.size() ? utf8::Next(text, at) : U'\0');
  }
  const std::uint64_t word = WordChecksum(field, text);
  std::size_t place = 0;
  for (std::size_t i = 0; i < list.sections.size(); ++i) {
    Sums& sum = sums[segment.sections().numbers[list.sections[i]]];
    if (!IsGramKey(term.key)) {
      sum.words += word * list.counts[i];
      continue;
    }
    for (std::uint32_t n = 0; n < list.counts[i] && place < list.places.size(); ++n) {
      sum.grams += GramChecksum(field, gram, list.places[place++]);
    }
  }
}

// Sums the terms of the index by section, reading every posting. Sections that were taken out are
// left out.
Status SumTerms(SqlLibrary& sql, SumsBySection& sums) {
  PostingReader reader(sql);
  if (const Status open = reader.Refresh(0); !open) return open;
  postings::PostingList list;
  for (const auto& segment : reader.segments()) {
    const Status read = segment.postings->ForEach("", [&](const postings::Term& term) {
      AddTerm(*segment.postings, term, list, sums);
      return true;
    });
    if (!read) return read;
  }
  for (const auto& segment : reader.segments()) {
    const auto& numbers = segment.postings->sections().numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (segment.postings->IsDeleted(static_cast<postings::Local>(i))) sums.erase(numbers[i]);
    }
  }
  return {};
}

Status CheckIndex(SqlLibrary& sql, std::vector<Problem>& out) {
  SumsBySection sums;
  if (const Status read = SumTerms(sql, sums); !read) {
    out.push_back({"index", "posting_segment", read.error().message, kRebuild});
    return {};
  }
  const auto rows = sql.Get("section_checksums");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    const auto found = sums.find(s.Int(0));
    const Sums sum = found == sums.end() ? Sums{} : found->second;
    if (sum.grams != static_cast<std::uint64_t>(s.Int(2)) ||
        sum.words != static_cast<std::uint64_t>(s.Int(3))) {
      out.push_back({"index", s.Copy(1), "the index does not agree with the text", kRebuild});
    }
    if (found != sums.end()) sums.erase(found);
  }
  if (!sums.empty()) {
    out.push_back({"index", "posting_segment",
                   std::to_string(sums.size()) + " sections are in the index only", kRebuild});
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
  guard(CheckIndex(sql, out));
  guard(CheckRows(sql, out));
  guard(CheckFingerprints(sql, out));
  guard(CheckDigests(sql, reader, out));
  guard(CheckReviews(sql, out));
  return out;
}

}  // namespace sakuin::store

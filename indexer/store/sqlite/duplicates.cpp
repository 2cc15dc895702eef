#include "indexer/store/sqlite/duplicates.h"

#include <utility>

namespace sakuin::store {
namespace {

std::string Pack(const std::vector<std::uint32_t>& values) {
  std::string out;
  out.reserve(values.size() * 4);
  for (const std::uint32_t value : values) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      out.push_back(static_cast<char>((value >> shift) & 0xffU));
    }
  }
  return out;
}

std::vector<std::uint32_t> Unpack(std::string_view bytes) {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
    std::uint32_t value = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      value |= std::uint32_t{static_cast<unsigned char>(bytes[i + j])} << (8U * j);
    }
    out.push_back(value);
  }
  return out;
}

model::Duplicate ReadRow(const Statement& s) {
  return {s.Copy(1), s.Copy(2), s.Copy(3), s.Copy(4), s.Copy(5), s.Copy(6), s.Real(7)};
}

}  // namespace

Status SqliteDuplicates::AddFingerprint(DocumentKey document, const model::Fingerprint& print) {
  const std::string sketch = Pack(print.sketch);
  return Run("insert_fingerprint", document, print.digest, print.grams, Blob{sketch});
}

Status SqliteDuplicates::RemoveFingerprint(DocumentKey document) {
  const auto print = ReadFingerprint(document);
  if (!print) return Pass(print);
  for (const std::uint64_t key : model::BandKeys(*print)) {
    if (const Status done = Run("delete_band", key, document); !done) return done;
  }
  return Run("delete_fingerprint", document);
}

Result<DocumentKey> SqliteDuplicates::KeyOf(const std::string& document_id) {
  const auto rows = sql_.Get("document_number");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document_id);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kNotFound, "no document has the id '" + document_id + "'");
  const DocumentKey out = s.Int(0);
  s.Reset();
  return out;
}

Result<model::Fingerprint> SqliteDuplicates::ReadFingerprint(DocumentKey document) {
  const auto rows = sql_.Get("read_fingerprint");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document);
  const auto row = s.Step();
  if (!row) return Pass(row);
  model::Fingerprint out;
  if (!*row) return out;
  out.digest = static_cast<std::uint64_t>(s.Int(0));
  out.grams = static_cast<std::uint32_t>(s.Int(1));
  out.sketch = Unpack(s.Text(2));
  s.Reset();
  return out;
}

Result<std::vector<std::string>> SqliteDuplicates::ReadWording(DocumentKey document) {
  const auto rows = sql_.Get("read_wording");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document);
  std::vector<std::string> out;
  for (bool first = true;; first = false) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    if (!first) out.push_back(s.Copy(0));  // the first section's heading is the title
    out.push_back(s.Copy(1));
  }
}

Status SqliteDuplicates::AddBands(const std::vector<BandRow>& rows) {
  for (const BandRow& row : rows) {
    if (const Status done = Run("insert_band", row.key, row.document); !done) return done;
  }
  return {};
}

Result<std::vector<DocumentKey>> SqliteDuplicates::Keys(std::string_view name, std::int64_t of) {
  const auto rows = sql_.Get(name);
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(of);
  std::vector<DocumentKey> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(s.Int(0));
  }
}

Result<std::vector<DocumentKey>> SqliteDuplicates::InBand(std::uint64_t key) {
  return Keys("read_band", static_cast<std::int64_t>(key));
}

Result<std::vector<DocumentKey>> SqliteDuplicates::Members(DocumentKey representative) {
  return Keys("read_members", representative);
}

Result<GroupState> SqliteDuplicates::ReadState(DocumentKey document) {
  const auto rows = sql_.Get("read_duplicate");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) {
    return Fail(ErrorCode::kDamaged, "a fingerprint belongs to no document; run `sakuin rebuild`");
  }
  GroupState out{s.Copy(0), s.Copy(1), s.Int(2), s.Real(3)};
  s.Reset();
  return out;
}

Status SqliteDuplicates::PutMember(DocumentKey document, DocumentKey representative,
                                   double similarity) {
  // Delete and insert: INSERT OR REPLACE would open a savepoint for each row.
  const Status done = TakeMember(document);
  return done ? Run("insert_duplicate", document, representative, similarity) : done;
}

Status SqliteDuplicates::TakeMember(DocumentKey document) {
  return Run("delete_duplicate", document);
}

Status SqliteDuplicates::Clear() {
  for (const char* name : {"clear_fingerprints", "clear_bands", "clear_duplicates"}) {
    if (const Status done = Run(name); !done) return done;
  }
  return {};
}

Result<std::vector<model::DuplicateGroup>> ListGroups(SqlLibrary& sql) {
  const auto rows = sql.Get("list_duplicates");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  std::vector<model::DuplicateGroup> out;
  DocumentKey last = 0;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    if (s.Int(0) != last) out.emplace_back();
    last = s.Int(0);
    out.back().push_back(ReadRow(s));
  }
}

Result<model::DuplicateGroup> GroupOf(SqlLibrary& sql, const std::string& document_id) {
  const auto rows = sql.Get("duplicates_of");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document_id);
  model::DuplicateGroup out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(ReadRow(s));
  }
}

}  // namespace sakuin::store

#include "indexer/store/sqlite/reader.h"

#include <sqlite3.h>

#include <utility>

#include "indexer/base/files.h"
#include "indexer/store/sqlite/duplicates.h"
#include "indexer/store/sqlite/ingest_rows.h"
#include "indexer/store/sqlite/rows.h"

namespace sakuin::embedded {
extern const File kStoreSql[];
}

namespace sakuin::store {

SqliteReader::SqliteReader(Database& db) : db_(db), sql_(db, embedded::kStoreSql), advice_(sql_) {}

Result<IndexInfo> SqliteReader::Info() {
  const auto rows = sql_.Get("info");
  if (!rows) return Pass(rows);
  IndexInfo out;
  (*rows)->Bind();
  for (;;) {
    const auto row = (*rows)->Step();
    if (!row) return Pass(row);
    if (!*row) break;
    const std::string_view key = (*rows)->Text(0);
    const std::string value = (*rows)->Copy(1);
    if (key == "analyzer") out.analyzer = value;
    if (key == "rules") out.rules = value;
    if (key == "program") out.program = value;
    if (key == "icu") out.icu = value;
    if (key == "generation") out.generation = std::strtoll(value.c_str(), nullptr, 10);
  }
  const auto schema = sql_.Get("schema");
  if (!schema) return Pass(schema);
  const auto row = (*schema)->Bind().Step();
  if (!row) return Pass(row);
  out.schema = (*schema)->Int(0);
  (*schema)->Reset();
  return out;
}

Result<std::int64_t> SqliteReader::ReadNumber(const char* statement) {
  const auto rows = sql_.Get(statement);
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind().Step();
  if (!row) return Pass(row);
  const std::int64_t out = (*rows)->Int(0);
  (*rows)->Reset();
  return out;
}

Result<std::int64_t> SqliteReader::Stamp() { return ReadNumber("stamp"); }

Result<std::int64_t> SqliteReader::LastReview() { return ReadNumber("last_review"); }

Result<Totals> SqliteReader::ReadTotals() {
  const auto rows = sql_.Get("totals");
  if (!rows) return Pass(rows);
  Statement& s = **rows;
  const auto row = s.Bind().Step();
  if (!row) return Pass(row);
  const Totals out{s.Int(0), s.Int(1), s.Int(2), s.Int(3), s.Int(4), s.Int(5)};
  s.Reset();
  return out;
}

Result<std::vector<DocumentSummary>> SqliteReader::ListDocuments() {
  const auto rows = sql_.Get("list_documents");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  std::vector<DocumentSummary> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back({s.Copy(0), s.Copy(1), s.Copy(2), s.Copy(3), s.Copy(4), s.Copy(5), s.Copy(6),
                   s.Copy(7), s.Int(8), s.Int(9)});
  }
}

Result<DocumentPage> SqliteReader::FindDocuments(const DocumentQuery& query) {
  return store::FindDocuments(sql_, query);
}

Result<DocumentNeighbours> SqliteReader::NeighboursOf(const std::string& document_id) {
  return FindNeighbours(sql_, document_id);
}

Result<std::vector<IngestRecord>> SqliteReader::ReadRuns() { return ListRuns(sql_); }

Result<SourceFacts> SqliteReader::ReadSourceFacts(const std::string& document_id) {
  const auto rows = sql_.Get("read_origin");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document_id);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kNotFound, "there is no document of this id", document_id);
  SourceFacts out{s.Copy(0), s.Int(1)};
  s.Reset();
  return out;
}

Result<std::vector<DocumentState>> SqliteReader::ReadStates() {
  const auto rows = sql_.Get("read_states");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  std::vector<DocumentState> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back({s.Copy(0), s.Copy(1), s.Copy(2), s.Copy(3), s.Copy(4)});
  }
}

Result<std::vector<std::string>> SqliteReader::FindIds(const std::string& prefix,
                                                       std::int64_t limit) {
  const auto rows = sql_.Get("find_ids");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(prefix, limit);
  std::vector<std::string> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(s.Copy(0));
  }
}

Result<model::Document> SqliteReader::ReadDocument(const std::string& document_id) {
  const auto rows = sql_.Get("read_document");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document_id);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) {
    return Fail(ErrorCode::kNotFound,
                "no document has the id '" + document_id + "'; `sakuin list` shows all ids");
  }
  const std::int64_t number = s.Int(0);
  model::Document out;
  std::string* const fields[] = {
      &out.id,      &out.uri,  &out.title,  &out.language, &out.encoding, &out.encoding_reason,
      &out.profile, &out.site, &out.author, &out.published};
  for (int i = 0; i < 10; ++i) *fields[i] = s.Copy(i + 1);
  out.notes = StringsFromJson(s.Text(11));
  out.replaced = static_cast<std::uint64_t>(s.Int(12));
  s.Reset();
  if (const Status done = ReadSections(number, out.sections); !done) return Pass(done);
  return out;
}

Status SqliteReader::ReadSections(std::int64_t document, std::vector<model::Section>& out) {
  const auto rows = sql_.Get("read_sections");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document);
  std::vector<std::int64_t> numbers;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    numbers.push_back(s.Int(0));
    model::Section section;
    section.number = static_cast<std::uint32_t>(s.Int(1));
    section.level = static_cast<int>(s.Int(2));
    section.parent = static_cast<int>(s.Int(3));
    section.heading = s.Copy(4);
    section.path = StringsFromJson(s.Text(5));
    section.language = s.Copy(6);
    section.text = s.Copy(7);
    section.source = {static_cast<std::uint64_t>(s.Int(8)), static_cast<std::uint64_t>(s.Int(9))};
    section.heading_map = model::SourceMap::Decode(s.Copy(10));
    section.text_map = model::SourceMap::Decode(s.Copy(11));
    DetailsFromJson(s.Text(12), section);
    out.push_back(std::move(section));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (const Status done = ReadTags(numbers[i], out[i]); !done) return done;
    auto advice = advice_.Read(numbers[i]);
    if (!advice) return Pass(advice);
    out[i].advice = std::move(*advice);
  }
  return {};
}

Status SqliteReader::ReadTags(std::int64_t section, model::Section& out) {
  const auto tags = sql_.Get("read_tags");
  if (!tags) return Pass(tags);
  Statement& s = (*tags)->Bind(section);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    model::Tag tag;
    tag.concept_id = s.Copy(0);
    tag.score = s.Real(1);
    tag.primary = s.Int(2) != 0;
    tag.inherited = s.Int(3) != 0;
    SpansFromJson(s.Text(4), tag);
    out.tags.push_back(std::move(tag));
  }
  const auto aspects = sql_.Get("read_aspects");
  if (!aspects) return Pass(aspects);
  Statement& a = (*aspects)->Bind(section);
  for (;;) {
    const auto row = a.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    out.aspects.push_back(a.Copy(0));
  }
}

Result<std::optional<model::Source>> SqliteReader::ReadSource(const std::string& document_id) {
  const auto rows = sql_.Get("read_source");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(document_id);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row || s.IsNull(7)) {
    s.Reset();
    return std::optional<model::Source>();
  }
  model::Source out;
  out.uri = s.Copy(0);
  out.id = s.Copy(1);
  out.origin = s.Copy(2);
  out.format = s.Copy(3);
  out.encoding_hint = s.Copy(4);
  out.language_hint = s.Copy(5);
  const auto bytes = Decompress(s.Text(7));
  s.Reset();
  if (!bytes) return Pass(bytes);
  out.bytes = *bytes;
  return std::optional<model::Source>(std::move(out));
}

Result<Counts> SqliteReader::CountBy(const std::string& facet) {
  const auto rows = sql_.Get("count_" + facet);
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  Counts out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out[s.Copy(0)] = s.Int(1);
  }
}

Result<std::vector<model::DuplicateGroup>> SqliteReader::ListDuplicates() {
  return ListGroups(sql_);
}

Result<model::DuplicateGroup> SqliteReader::DuplicatesOf(const std::string& document_id) {
  return GroupOf(sql_, document_id);
}

Result<model::Representatives> SqliteReader::ReadRepresentatives() {
  const auto rows = sql_.Get("representatives");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  model::Representatives out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.emplace(s.Copy(0), s.Copy(1));
  }
}

Result<AdviceRecord> SqliteReader::ReadAdvice(const std::string& id) { return advice_.Find(id); }

Result<AdvicePage> SqliteReader::ForEachAdvice(const AdviceQuery& query,
                                               const std::function<bool(AdviceRecord)>& visit) {
  return advice_.ForEach(query, visit);
}

Result<std::vector<Problem>> SqliteReader::Verify() { return VerifyDatabase(db_, sql_, *this); }

Status SqliteReader::BackUp(const std::string& path) {
  if (files::Exists(path)) {
    return Fail(ErrorCode::kUsage, "is there already; name a new file", path);
  }
  auto statement = db_.Prepare("VACUUM INTO ?1");
  if (!statement) return Pass(statement);
  // VACUUM INTO reads one snapshot while others write, and needs no tokenizer.
  if (const Status off = db_.Execute("PRAGMA query_only = OFF"); !off) return off;
  const Status done = statement->Run(path);
  (void)db_.Execute("PRAGMA query_only = ON");
  return done;
}

}  // namespace sakuin::store

#include "indexer/store/sqlite/writer.h"

#include <utility>

#include "indexer/store/open.h"
#include "indexer/store/prepare.h"
#include "indexer/store/sqlite/checksum.h"
#include "indexer/store/sqlite/ingest_rows.h"
#include "indexer/store/sqlite/rows.h"

namespace sakuin::embedded {
extern const File kStoreSql[];
}

namespace sakuin::store {
namespace {

std::string_view Or(const std::string& own, const std::string& other) {
  return own.empty() ? other : own;
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<Database> db)
    : db_(std::move(db)),
      sql_(*db_, embedded::kStoreSql),
      duplicates_(sql_),
      advice_(sql_),
      postings_(sql_),
      reader_(*db_) {}

Status SqliteWriter::Begin() {
  const Status begun = Run("begin");
  cleared_ = false;
  return begun ? postings_.Begin() : begun;
}

Status SqliteWriter::Commit() {
  Status done = postings_.Finish();
  if (done) done = Run("next_generation");
  return done ? Run("commit") : done;
}

Status SqliteWriter::Rollback() { return db_->InTransaction() ? Run("rollback") : Status(); }

Status SqliteWriter::LogRun(const IngestRecord& record) {
  Status done = Begin();
  if (done) done = AddRun(sql_, record);
  if (done) done = Run("commit");
  if (!done) (void)Rollback();
  return done;
}

Status SqliteWriter::Add(const Entry& entry) {
  if (entry.prepared) return Add(entry, *entry.prepared);
  Entry own = entry;
  EntryPreparer().Prepare(own);
  return Add(own, *own.prepared);
}

Status SqliteWriter::Add(const Entry& entry, const Prepared& prepared) {
  const model::Document& d = entry.document;
  const auto number =
      Insert("insert_document", d.id, d.uri, entry.source.origin, d.title, d.language, d.encoding,
             d.encoding_reason, d.profile, d.site, d.author, d.published, StringsToJson(d.notes),
             d.replaced, entry.source.format, entry.source.encoding_hint,
             entry.source.language_hint, std::uint64_t{entry.source.bytes.size()},
             entry.source_digest, entry.rules_digest, prepared.content_digest);
  if (!number) return Pass(number);
  if (entry.keep_source) {
    const Status done = Run("insert_source", *number, "zstd", Blob{prepared.packed_source});
    if (!done) return done;
  }
  if (entry.fingerprint.digest != 0) {
    const Status done = duplicates_.AddFingerprint(*number, entry.fingerprint);
    if (!done) return done;
  }
  for (std::size_t i = 0; i < d.sections.size(); ++i) {
    const Status done = AddSection(*number, entry, prepared.checksums[i], i);
    if (!done) return done;
  }
  return {};
}

Status SqliteWriter::AddSection(std::int64_t document, const Entry& entry,
                                const Prepared::Checksums& sums, std::size_t index) {
  const model::Document& d = entry.document;
  const model::Section& s = d.sections[index];
  const SectionTerms& terms = entry.terms[index];
  const std::string heading_map = s.heading_map.Encode();
  const std::string text_map = s.text_map.Encode();
  const std::int64_t number = postings_.NextSection();
  Status done = Run("insert_section", number, document, s.number, s.level, s.parent, s.heading,
                    StringsToJson(s.path), s.language, s.text, s.source.begin, s.source.end,
                    Blob{heading_map}, Blob{text_map}, sums.grams, sums.words, DetailsToJson(s));
  if (done) {
    done = Run("insert_fact", number, document, s.number, terms.text.length(),
               Or(s.language, d.language), d.site, d.published);
  }
  for (std::size_t i = 0; done && i < s.tags.size(); ++i) {
    const model::Tag& tag = s.tags[i];
    done = Run("insert_tag", number, tag.concept_id, std::uint64_t{i}, tag.score, int{tag.primary},
               int{tag.inherited}, SpansToJson(tag));
  }
  for (std::size_t i = 0; done && i < s.aspects.size(); ++i) {
    done = Run("insert_aspect", number, std::uint64_t{i}, s.aspects[i]);
  }
  if (done) done = advice_.Add(number, s.advice);
  // Last: a segment that is written now copies the rows above.
  return done ? postings_.Add(number, terms.heading, terms.text) : done;
}

template <typename Key>
Result<std::vector<std::int64_t>> SqliteWriter::Numbers(std::string_view name, const Key& key) {
  const auto rows = sql_.Get(name);
  if (!rows) return Pass(rows);
  std::vector<std::int64_t> out;
  Statement& s = (*rows)->Bind(key);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(s.Int(0));
  }
}

Status SqliteWriter::Remove(const std::string& document_id) {
  const auto document = Numbers("document_number", document_id);
  if (!document) return Pass(document);
  const auto sections = Numbers("section_numbers", document_id);
  if (!sections) return Pass(sections);
  if (document->empty()) return {};
  if (!cleared_) {
    if (const Status done = postings_.Remove(*sections); !done) return done;
  }
  for (const std::int64_t section : *sections) {
    if (const Status done = advice_.Remove(section); !done) return done;
    for (const char* name : {"delete_tags", "delete_aspects", "delete_fact", "delete_section"}) {
      if (const Status done = Run(name, section); !done) return done;
    }
  }
  Status done = duplicates_.RemoveFingerprint(document->front());
  if (done) done = Run("delete_source", document->front());
  return done ? Run("delete_document", document->front()) : done;
}

Status SqliteWriter::Optimize() {
  Status done = Begin();
  if (done) done = postings_.MergeAll();
  if (done) done = Run("next_generation");
  if (done) done = Run("commit");
  if (!done) {
    (void)Rollback();
    return done;
  }
  return db_->Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
}

Status SqliteWriter::ClearTerms() {
  cleared_ = true;
  return postings_.Clear();
}

Status SqliteWriter::SetInfo(const IndexInfo& info) {
  const std::pair<const char*, const std::string*> rows[] = {{"analyzer", &info.analyzer},
                                                             {"rules", &info.rules},
                                                             {"program", &info.program},
                                                             {"icu", &info.icu}};
  for (const auto& [key, value] : rows) {
    if (const Status done = Run("set_info", key, *value); !done) return done;
  }
  return {};
}

namespace {

// Owns the connection that its base class reads through.
class OwningReader : private std::unique_ptr<Database>, public SqliteReader {
 public:
  explicit OwningReader(std::unique_ptr<Database> db)
      : std::unique_ptr<Database>(std::move(db)), SqliteReader(**this) {}
};

}  // namespace

Result<std::unique_ptr<IndexReader>> OpenReader(const std::string& kb, Share share) {
  auto db = Database::Open(kb, share == Share::kAlone ? OpenMode::kRead : OpenMode::kReadAmongMany);
  if (!db) return Pass(db);
  return std::unique_ptr<IndexReader>(
      std::make_unique<OwningReader>(std::make_unique<Database>(std::move(*db))));
}

Result<std::unique_ptr<IndexWriter>> OpenWriter(const std::string& kb, bool create) {
  auto db = Database::Open(kb, create ? OpenMode::kCreate : OpenMode::kWrite);
  if (!db) return Pass(db);
  return std::unique_ptr<IndexWriter>(
      std::make_unique<SqliteWriter>(std::make_unique<Database>(std::move(*db))));
}

}  // namespace sakuin::store

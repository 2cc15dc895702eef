#include "indexer/store/sqlite/writer.h"

#include <utility>

#include "indexer/store/open.h"
#include "indexer/store/sqlite/checksum.h"
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
    : db_(std::move(db)), sql_(*db_, embedded::kStoreSql), reader_(*db_) {}

Status SqliteWriter::Begin() { return Run("begin"); }

Status SqliteWriter::Commit() {
  if (const Status done = Run("next_generation"); !done) return done;
  return Run("commit");
}

Status SqliteWriter::Rollback() { return db_->InTransaction() ? Run("rollback") : Status(); }

template <typename Work>
Status SqliteWriter::Whole(const Work& work) {
  if (const Status done = Run("savepoint"); !done) return done;
  const Status done = work();
  // A full disk may have ended the whole transaction already; then there is nothing to undo.
  if (!done && db_->InTransaction()) (void)Run("rollback_to");
  if (!db_->InTransaction()) return done;
  const Status released = Run("release");
  return done ? released : done;
}

Status SqliteWriter::Add(const Entry& entry) {
  return Whole([&] { return AddRows(entry); });
}

Status SqliteWriter::AddRows(const Entry& entry) {
  const model::Document& d = entry.document;
  const auto number =
      Insert("insert_document", d.id, d.uri, entry.source.origin, d.title, d.language, d.encoding, d.encoding_reason,
             d.profile, d.site, d.author, d.published, StringsToJson(d.notes), d.replaced,
             entry.source.format, entry.source.encoding_hint, entry.source.language_hint,
             std::uint64_t{entry.source.bytes.size()}, entry.source_digest, entry.rules_digest,
             ContentDigest(d));
  if (!number) return Pass(number);
  if (entry.keep_source) {
    const std::string packed = Compress(entry.source.bytes);
    if (const Status done = Run("insert_source", *number, "zstd", Blob{packed}); !done) return done;
  }
  for (std::size_t i = 0; i < d.sections.size(); ++i) {
    if (const Status done = AddSection(*number, entry, i); !done) return done;
  }
  return {};
}

Status SqliteWriter::AddSection(std::int64_t document, const Entry& entry, std::size_t index) {
  const model::Document& d = entry.document;
  const model::Section& s = d.sections[index];
  const SectionTerms& terms = entry.terms[index];
  const std::string heading_map = s.heading_map.Encode();
  const std::string text_map = s.text_map.Encode();
  const auto number =
      Insert("insert_section", document, s.number, s.level, s.parent, s.heading,
             StringsToJson(s.path), s.language, s.text, s.source.begin, s.source.end,
             Blob{heading_map}, Blob{text_map}, StreamChecksum(terms.heading_grams, terms.text_grams),
             StreamChecksum(terms.heading_words, terms.text_words));
  if (!number) return Pass(number);
  Status done = Run("insert_fact", *number, document, s.number, terms.length,
                    Or(s.language, d.language), d.site, d.published);
  if (done) done = Run("insert_grams", *number, terms.heading_grams, terms.text_grams);
  if (done) done = Run("insert_words", *number, terms.heading_words, terms.text_words);
  for (std::size_t i = 0; done && i < s.tags.size(); ++i) {
    const model::Tag& tag = s.tags[i];
    done = Run("insert_tag", *number, tag.concept_id, tag.score, int{tag.primary},
               int{tag.inherited}, SpansToJson(tag));
  }
  for (std::size_t i = 0; done && i < s.aspects.size(); ++i) {
    done = Run("insert_aspect", *number, std::uint64_t{i}, s.aspects[i]);
  }
  return done;
}

Status SqliteWriter::Remove(const std::string& document_id,
                            const std::vector<SectionTerms>* terms) {
  return Whole([&]() -> Status {
    if (terms != nullptr) {
      if (const Status done = RemoveTerms(document_id, *terms); !done) return done;
    }
    return Run("delete_document", document_id);
  });
}

Status SqliteWriter::RemoveTerms(const std::string& document_id,
                                 const std::vector<SectionTerms>& terms) {
  const auto rows = sql_.Get("section_numbers");
  if (!rows) return Pass(rows);
  std::vector<std::int64_t> numbers;
  Statement& s = (*rows)->Bind(document_id);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    numbers.push_back(s.Int(0));
  }
  if (numbers.size() != terms.size()) {
    return Fail(ErrorCode::kDamaged,
                "the sections of " + document_id + " and their terms do not agree; run `sakuin "
                "rebuild`");
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Status done = Run("delete_grams", numbers[i], terms[i].heading_grams, terms[i].text_grams);
    if (done) done = Run("delete_words", numbers[i], terms[i].heading_words, terms[i].text_words);
    if (!done) return done;
  }
  return {};
}

Status SqliteWriter::ClearTerms() {
  return Whole([&]() -> Status {
    for (const char* name : {"clear_grams", "clear_words"}) {
      if (const Status done = Run(name); !done) return done;
    }
    return {};
  });
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

Result<std::unique_ptr<IndexReader>> OpenReader(const std::string& kb) {
  auto db = Database::Open(kb, OpenMode::kRead);
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

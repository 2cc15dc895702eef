#pragma once

#include <memory>
#include <string>
#include <vector>

#include "indexer/store/index_writer.h"
#include "indexer/store/sqlite/advice_rows.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/duplicates.h"
#include "indexer/store/sqlite/posting_writer.h"
#include "indexer/store/sqlite/reader.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

class SqliteWriter : public IndexWriter {
 public:
  explicit SqliteWriter(std::unique_ptr<Database> db);

  Status Begin() override;
  Status Add(const Entry& entry) override;
  Status Remove(const std::string& document_id) override;
  Status Optimize() override;
  Status ClearTerms() override;
  Status SetInfo(const IndexInfo& info) override;
  Status Commit() override;
  Status Rollback() override;
  Status LogRun(const IngestRecord& record) override;
  DuplicateStore& duplicates() override { return duplicates_; }
  IndexReader& reader() override { return reader_; }

 private:
  // Runs a statement that returns no row, by name.
  template <typename... Args>
  Status Run(std::string_view name, const Args&... args) {
    const auto statement = sql_.Get(name);
    if (!statement) return Pass(statement);
    return (*statement)->Run(args...);
  }
  // Runs an INSERT; gives the new row's number.
  template <typename... Args>
  Result<std::int64_t> Insert(std::string_view name, const Args&... args) {
    if (const Status done = Run(name, args...); !done) return Pass(done);
    return db_->LastRow();
  }
  Status Add(const Entry& entry, const Prepared& prepared);
  Status AddSection(std::int64_t document, const Entry& entry, const Prepared::Checksums& sums,
                    std::size_t index);
  // All values of the first column.
  template <typename Key>
  Result<std::vector<std::int64_t>> Numbers(std::string_view name, const Key& key);

  std::unique_ptr<Database> db_;
  SqlLibrary sql_;
  SqliteDuplicates duplicates_;
  AdviceRows advice_;
  PostingWriter postings_;
  bool cleared_ = false;  // no section is in the index
  SqliteReader reader_;
};

}  // namespace sakuin::store

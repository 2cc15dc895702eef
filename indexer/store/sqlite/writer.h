#pragma once

#include <memory>
#include <string>
#include <vector>

#include "indexer/store/index_writer.h"
#include "indexer/store/sqlite/database.h"
#include "indexer/store/sqlite/reader.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

class SqliteWriter : public IndexWriter {
 public:
  explicit SqliteWriter(std::unique_ptr<Database> db);

  Status Begin() override;
  Status Add(const Entry& entry) override;
  Status Remove(const std::string& document_id, const std::vector<SectionTerms>* terms) override;
  Status ClearTerms() override;
  Status SetInfo(const IndexInfo& info) override;
  Status Commit() override;
  Status Rollback() override;
  IndexReader& reader() override { return reader_; }

 private:
  // Runs a statement that returns no row, by name.
  template <typename... Args>
  Status Run(std::string_view name, const Args&... args) {
    const auto statement = sql_.Get(name);
    if (!statement) return Pass(statement);
    return (*statement)->Run(args...);
  }
  // Runs an INSERT ... RETURNING.
  template <typename... Args>
  Result<std::int64_t> Insert(std::string_view name, const Args&... args) {
    const auto statement = sql_.Get(name);
    if (!statement) return Pass(statement);
    const auto row = (*statement)->Bind(args...).Step();
    if (!row) return Pass(row);
    const std::int64_t number = (*statement)->Int(0);
    (*statement)->Reset();
    return number;
  }
  Status AddRows(const Entry& entry);
  Status AddSection(std::int64_t document, const Entry& entry, std::size_t index);
  Status RemoveTerms(const std::string& document_id, const std::vector<SectionTerms>& terms);
  // Runs `work` in a savepoint: all of it or nothing.
  template <typename Work>
  Status Whole(const Work& work);

  std::unique_ptr<Database> db_;
  SqlLibrary sql_;
  SqliteReader reader_;
};

}  // namespace sakuin::store

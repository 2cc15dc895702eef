#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/model/duplicates.h"
#include "indexer/store/duplicates.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// Uses a library of statements that it does not own and that must outlive it.
class SqliteDuplicates : public DuplicateStore {
 public:
  explicit SqliteDuplicates(SqlLibrary& sql) : sql_(sql) {}

  Status AddFingerprint(DocumentKey document, const model::Fingerprint& print);
  // The fingerprint and its bands.
  Status RemoveFingerprint(DocumentKey document);

  Result<DocumentKey> KeyOf(const std::string& document_id) override;
  Result<model::Fingerprint> ReadFingerprint(DocumentKey document) override;
  Result<std::vector<std::string>> ReadWording(DocumentKey document) override;
  Status AddBands(const std::vector<BandRow>& rows) override;
  Result<std::vector<DocumentKey>> InBand(std::uint64_t key) override;
  Result<GroupState> ReadState(DocumentKey document) override;
  Result<std::vector<DocumentKey>> Members(DocumentKey representative) override;
  Status PutMember(DocumentKey document, DocumentKey representative, double similarity) override;
  Status TakeMember(DocumentKey document) override;
  Status Clear() override;

 private:
  template <typename... Args>
  Status Run(std::string_view name, const Args&... args) {
    const auto statement = sql_.Get(name);
    if (!statement) return Pass(statement);
    return (*statement)->Run(args...);
  }
  Result<std::vector<DocumentKey>> Keys(std::string_view name, std::int64_t of);

  SqlLibrary& sql_;
};

// For the reader: all groups, or the one of a document (none: empty).
Result<std::vector<model::DuplicateGroup>> ListGroups(SqlLibrary& sql);
Result<model::DuplicateGroup> GroupOf(SqlLibrary& sql, const std::string& document_id);

}  // namespace sakuin::store

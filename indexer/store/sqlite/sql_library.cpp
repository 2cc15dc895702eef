#include "indexer/store/sqlite/sql_library.h"

#include <utility>

namespace sakuin::store {
namespace {

constexpr std::string_view kMark = "-- name: ";

}  // namespace

SqlLibrary::SqlLibrary(Database& db, const embedded::File* files) : db_(db) {
  for (; files->name != nullptr; ++files) {
    const std::string_view text = files->Text();
    for (std::size_t at = text.find(kMark); at != std::string_view::npos;) {
      const std::size_t line = text.find('\n', at);
      const std::size_t next = text.find(kMark, line);
      const std::size_t name = at + kMark.size();
      texts_.emplace(text.substr(name, line - name), text.substr(line, next - line));
      at = next;
    }
  }
}

Result<Statement*> SqlLibrary::Get(std::string_view name) {
  const auto ready = prepared_.find(name);
  if (ready != prepared_.end()) return &ready->second;
  const auto text = texts_.find(name);
  if (text == texts_.end()) {
    return Fail(ErrorCode::kLibrary, "no statement is named " + std::string(name));
  }
  auto statement = db_.Prepare(text->second);
  if (!statement) return Pass(statement);
  return &prepared_.emplace(std::string(name), std::move(*statement)).first->second;
}

Status SqlLibrary::PrepareAll() {
  for (const auto& [name, unused] : texts_) {
    (void)unused;
    if (const auto statement = Get(name); !statement) return Pass(statement);
  }
  return {};
}

}  // namespace sakuin::store

#pragma once

// The adapter to SQLite: connections and statements. SQLite's header is seen by .cpp files only.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sakuin::store {

struct Blob {
  std::string_view bytes;
};

// A prepared statement. Not thread-safe. Text and blobs are bound by copy.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* raw) : raw_(raw) {}

  // Binds the arguments to ?1, ?2, ... and forgets the rows of an earlier run.
  template <typename... Args>
  Statement& Bind(const Args&... args) {
    Reset();
    int index = 0;
    (BindOne(++index, args), ...);
    return *this;
  }

  // True: there is a row. False: done, and the statement is reset.
  Result<bool> Step();

  // Binds, runs to the end, ignores rows.
  template <typename... Args>
  Status Run(const Args&... args) {
    return Bind(args...).Finish();
  }

  bool IsNull(int column) const;
  std::int64_t Int(int column) const;
  double Real(int column) const;
  std::string_view Text(int column) const;  // valid until the next Step() or Reset()
  std::string Copy(int column) const { return std::string(Text(column)); }

  void Reset();

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* raw) const;
  };
  Status Finish();
  void BindOne(int index, std::int64_t value);
  void BindOne(int index, std::uint32_t value) { BindOne(index, std::int64_t{value}); }
  void BindOne(int index, int value) { BindOne(index, std::int64_t{value}); }
  void BindOne(int index, std::uint64_t value) { BindOne(index, static_cast<std::int64_t>(value)); }
  void BindOne(int index, double value);
  void BindOne(int index, std::string_view value);
  void BindOne(int index, const std::string& value) { BindOne(index, std::string_view(value)); }
  void BindOne(int index, const char* value) { BindOne(index, std::string_view(value)); }
  void BindOne(int index, Blob value);
  void BindOne(int index, std::nullptr_t);
  template <typename Value>
  void BindOne(int index, const std::optional<Value>& value) {
    if (value) {
      BindOne(index, *value);
    } else {
      BindOne(index, nullptr);
    }
  }

  std::unique_ptr<sqlite3_stmt, Finalizer> raw_;
};

// kReadOld reads files of older schemas too; kReadAmongMany keeps less in memory.
enum class OpenMode : std::uint8_t { kRead, kReadAmongMany, kReadOld, kWrite, kCreate };

// A connection with our pragmas, our tokenizer and a schema of a version that this program knows.
// Movable, not thread-safe.
class Database {
 public:
  static Result<Database> Open(const std::string& path, OpenMode mode);

  Result<Statement> Prepare(std::string_view sql);
  // One or more statements without parameters.
  Status Execute(const std::string& sql);

  const std::string& path() const { return path_; }
  sqlite3* raw() const { return raw_.get(); }
  // The last failure on this connection as our error.
  Error LastError(const std::string& doing) const;
  std::int64_t LastRow() const;  // rowid of the last INSERT
  // What runs on this connection after that moment is interrupted, with kTimeout; the connection
  // can be used again. time_point::max(): never.
  void SetDeadline(std::chrono::steady_clock::time_point deadline);
  // Is a transaction open? After a full disk SQLite may have ended it by itself.
  bool InTransaction() const;

 private:
  struct Closer {
    void operator()(sqlite3* raw) const;
  };
  using Handle = std::unique_ptr<sqlite3, Closer>;
  Database(Handle raw, std::string path) : raw_(std::move(raw)), path_(std::move(path)) {}
  static Status Make(const std::string& path);
  Status Configure(OpenMode mode);

  using Moment = std::chrono::steady_clock::time_point;
  std::unique_ptr<Moment> deadline_;  // SQLite holds its address
  Handle raw_;
  std::string path_;
};

// Turns SQLite's result code into our error, with what to do next.
Error SqliteError(int code, const std::string& message, const std::string& path);

}  // namespace sakuin::store

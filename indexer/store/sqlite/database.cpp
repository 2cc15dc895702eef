#include "indexer/store/sqlite/database.h"

#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "indexer/base/files.h"
#include "indexer/store/sqlite/migrations.h"
#include "indexer/store/sqlite/tokenizer.h"

namespace sakuin::store {
namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr int kStepsBetweenLooks = 2000;  // of SQLite's machine: far less than a millisecond

std::int64_t BigEndian32(const std::string& bytes, std::size_t at) {
  std::int64_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    out = out * 256 + static_cast<unsigned char>(bytes[at + i]);
  }
  return out;
}

// Looks at the file's first bytes, before SQLite does, so that a foreign file stays untouched.
Status CheckHeader(const std::string& path) {
  if (files::IsFolder(path)) {
    return Fail(ErrorCode::kNotKb, "is a folder, not a knowledge base", path);
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) {
    return Fail(ErrorCode::kIo, std::string("cannot open it: ") + std::strerror(errno), path);
  }
  std::string head(100, '\0');
  head.resize(std::fread(head.data(), 1, head.size(), file.get()));
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (head.size() < 100 || head.compare(0, kMagic.size(), kMagic) != 0 ||
      BigEndian32(head, 68) != kApplicationId) {
    return Fail(ErrorCode::kNotKb,
                "is not a Sakuin knowledge base; it was left as it is. Name another file with "
                "--db, or make a new one with `sakuin --db FILE ingest PATH`",
                path);
  }
  const std::int64_t schema = BigEndian32(head, 60);
  if (schema > NewestSchema()) {
    return Fail(ErrorCode::kNewerKb,
                "was written by a newer Sakuin (schema " + std::to_string(schema) +
                    ", this program knows " + std::to_string(NewestSchema()) +
                    "); it was left as it is. Use the newer program",
                path);
  }
  return {};
}

std::string UriOf(const std::string& path, const char* options) {
  std::string out = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      std::array<char, 4> hex{};
      std::snprintf(hex.data(), hex.size(), "%%%02X", static_cast<unsigned>(c));
      out += hex.data();
    } else {
      out.push_back(c);
    }
  }
  return out + options;
}

sqlite3* OpenRaw(const std::string& uri, int flags, int& code) {
  sqlite3* raw = nullptr;
  code = sqlite3_open_v2(uri.c_str(), &raw,
                         flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                         nullptr);
  if (code == SQLITE_OK) {
    // Opening is lazy: reading the schema shows whether the file can be read at all.
    code = sqlite3_exec(raw, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
  }
  return raw;
}

}  // namespace

Error SqliteError(int code, const std::string& message, const std::string& path) {
  const auto error = [&](ErrorCode kind, const std::string& text) {
    return Error{kind, text, path};
  };
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error(ErrorCode::kLocked,
                   "another process is writing to the knowledge base; wait until it has finished, "
                   "then try again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return error(ErrorCode::kReadOnly,
                   "the knowledge base cannot be written: the file or its folder is read-only. "
                   "Change the permissions or name another file with --db");
    case SQLITE_FULL:
      return error(ErrorCode::kIo,
                   "the disk is full; what was acknowledged before is safe. Free some space and "
                   "run the same command again");
    case SQLITE_INTERRUPT:
      return error(ErrorCode::kTimeout, "reading the knowledge base takes longer than it may");
    case SQLITE_CORRUPT:
      return error(ErrorCode::kDamaged, "the knowledge base is damaged (" + message +
                                            "); `sakuin verify` says where and how to mend it");
    case SQLITE_NOTADB:
      return error(ErrorCode::kNotKb, "is not a Sakuin knowledge base; it was left as it is");
    case SQLITE_CANTOPEN:
      return error(ErrorCode::kIo, "cannot open the knowledge base: " + message +
                                       ". Does its folder exist, and may it be written?");
    default: return error(ErrorCode::kIo, "SQLite: " + message + " (" + std::to_string(code) + ")");
  }
}

void Database::Closer::operator()(sqlite3* raw) const { sqlite3_close_v2(raw); }

Result<Database> Database::Open(const std::string& path, OpenMode mode) {
  const bool exists = files::Exists(path);
  if (!exists && mode != OpenMode::kCreate) {
    return Fail(ErrorCode::kNotFound,
                "there is no knowledge base; make one with `sakuin --db " + path + " ingest PATH`",
                path);
  }
  std::error_code ignored;
  const bool fresh =
      !exists || (mode == OpenMode::kCreate && std::filesystem::is_regular_file(path, ignored) &&
                  std::filesystem::file_size(path, ignored) == 0);
  if (!fresh) {
    if (const Status head = CheckHeader(path); !head) return Pass(head);
  }
  if (fresh) {
    if (const Status made = Make(path); !made) return Pass(made);
  }
  const bool reads = mode != OpenMode::kWrite && mode != OpenMode::kCreate;
  const int flags = reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  int code = SQLITE_OK;
  Handle raw(OpenRaw(UriOf(path, ""), flags, code));
  const std::string log = path + "-wal";
  const bool unwritten = !files::Exists(log) || std::filesystem::file_size(log, ignored) == 0;
  if (code != SQLITE_OK && reads && unwritten) {
    // A write-ahead log cannot be made in a read-only folder; without one the file is complete.
    raw.reset(OpenRaw(UriOf(path, "?immutable=1"), flags, code));
  }
  if (code != SQLITE_OK) {
    return tl::unexpected<Error>(
        SqliteError(code, raw ? sqlite3_errmsg(raw.get()) : "out of memory", path));
  }
  Database db(std::move(raw), path);
  if (const Status done = db.Configure(mode); !done) return Pass(done);
  if (mode == OpenMode::kReadOld) return db;
  const Status current = reads ? CheckSchema(db) : Migrate(db, false);
  if (!current) return Pass(current);
  return db;
}

// Makes an empty knowledge base beside `path` and then gives it its name, so that a file of that
// name is always whole, whenever the program is killed.
Status Database::Make(const std::string& path) {
  const std::string beside = path + ".new-" + std::to_string(getpid());
  std::error_code error;
  std::filesystem::remove(beside, error);
  {
    int code = SQLITE_OK;
    Handle raw(OpenRaw(UriOf(beside, ""), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, code));
    if (code != SQLITE_OK) {
      return tl::unexpected<Error>(
          SqliteError(code, raw ? sqlite3_errmsg(raw.get()) : "out of memory", path));
    }
    Database db(std::move(raw), beside);
    Status done = RegisterTokenizer(db.raw());
    if (done) done = Migrate(db, true);
    if (!done) {
      std::filesystem::remove(beside, error);
      return done;
    }
  }
  std::filesystem::rename(beside, path, error);
  if (!error) return {};
  std::filesystem::remove(beside, error);
  return Fail(ErrorCode::kIo, "cannot make the knowledge base: " + error.message(), path);
}

Status Database::Configure(OpenMode mode) {
  sqlite3_busy_timeout(raw_.get(), kBusyMilliseconds);
  sqlite3_db_config(raw_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw_.get(), SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  if (const Status done = RegisterTokenizer(raw_.get()); !done) return done;
  // Foreign keys are declared and checked by `verify`; enforcing them costs a savepoint and a look
  // into another table for every row.
  const bool writes = mode == OpenMode::kWrite || mode == OpenMode::kCreate;
  if (mode == OpenMode::kReadAmongMany) {
    // A mapping counts once for every connection; the system keeps the file's pages for all.
    return Execute(
        "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA cell_size_check = ON; PRAGMA cache_size = -2048;");
  }
  return Execute(writes ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                          "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;"
                          "PRAGMA cell_size_check = ON; PRAGMA cache_size = -32768;"
                        : "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;"
                          "PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536;"
                          "PRAGMA mmap_size = 1073741824;");
}

Result<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(raw_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return tl::unexpected<Error>(LastError("prepare a statement"));
  return Statement(statement);
}

Status Database::Execute(const std::string& sql) {
  if (sqlite3_exec(raw_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return tl::unexpected<Error>(LastError("run a statement"));
}

Error Database::LastError(const std::string& doing) const {
  return SqliteError(sqlite3_extended_errcode(raw_.get()),
                     "cannot " + doing + ": " + sqlite3_errmsg(raw_.get()), path_);
}

std::int64_t Database::LastRow() const { return sqlite3_last_insert_rowid(raw_.get()); }

void Database::SetDeadline(std::chrono::steady_clock::time_point deadline) {
  if (deadline == Moment::max()) {
    sqlite3_progress_handler(raw_.get(), 0, nullptr, nullptr);
    return;
  }
  if (!deadline_) deadline_ = std::make_unique<Moment>();
  *deadline_ = deadline;
  const auto passed = [](void* at) {
    return std::chrono::steady_clock::now() >= *static_cast<const Moment*>(at) ? 1 : 0;
  };
  sqlite3_progress_handler(raw_.get(), kStepsBetweenLooks, passed, deadline_.get());
}

bool Database::InTransaction() const { return sqlite3_get_autocommit(raw_.get()) == 0; }

}  // namespace sakuin::store

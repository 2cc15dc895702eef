#pragma once

// The closed set of causes a failure can have, and the message that goes with it. A message says
// what went wrong, where (file:line or byte), and what to do next.

#include <cstdint>
#include <string>
#include <utility>

namespace sakuin {

enum class ErrorCode : std::uint8_t {
  kUsage,         // the caller's words are off: a flag, an id, a format name
  kNotFound,      // no such file, document, section or concept
  kIo,            // reading or writing failed: permission, disk full, closed pipe
  kBadInput,      // bytes from outside that cannot be used: binary, too deep, too large, no JSON
  kBadData,       // one of our own data files (corpus/) has a mistake; `where` is file:line
  kLibrary,       // ICU, gumbo or another library refused; the message names it
  kNotKb,         // the file is not a knowledge base
  kNewerKb,       // written by a newer version of the program
  kRulesChanged,  // built with another analyzer, ICU, folding or layout: must be rebuilt
  kReadOnly,      // the knowledge base cannot be written
  kLocked,        // another process is writing
  kTimeout,       // took longer than it may
  kDamaged,       // the knowledge base is damaged; `sakuin verify` says where
};

// The name used in JSON and docs/errors.md, such as "bad-input".
const char* ErrorCodeName(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kIo;
  std::string message;  // one or more sentences, UTF-8, without a final newline
  std::string where;    // "file:line", "byte 17", a path, or empty

  // "where: message", or the message alone.
  std::string Text() const;
};

}  // namespace sakuin

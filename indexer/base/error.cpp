#include "indexer/base/error.h"

namespace sakuin {

const char* ErrorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage: return "usage";
    case ErrorCode::kNotFound: return "not-found";
    case ErrorCode::kIo: return "io";
    case ErrorCode::kBadInput: return "bad-input";
    case ErrorCode::kBadData: return "bad-data";
    case ErrorCode::kLibrary: return "library";
    case ErrorCode::kNotKb: return "not-a-knowledge-base";
    case ErrorCode::kNewerKb: return "newer-knowledge-base";
    case ErrorCode::kRulesChanged: return "rules-changed";
    case ErrorCode::kReadOnly: return "read-only";
    case ErrorCode::kLocked: return "locked";
    case ErrorCode::kTimeout: return "timeout";
    case ErrorCode::kDamaged: return "damaged";
  }
  return "unknown";
}

std::string Error::Text() const { return where.empty() ? message : where + ": " + message; }

}  // namespace sakuin

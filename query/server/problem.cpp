#include "query/server/problem.h"

#include <nlohmann/json.hpp>

namespace sakuin::server {

Response Problem(int status, const std::string& detail, const std::string& code) {
  nlohmann::ordered_json body{{"type", "about:blank"},
                              {"title", std::string(StatusText(status))},
                              {"status", status},
                              {"detail", detail}};
  if (!code.empty()) body["code"] = code;
  Response out;
  out.status = status;
  out.type = "application/problem+json";
  out.body = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  out.Set("Cache-Control", "no-store");
  return out;
}

Response Busy(const std::string& detail) {
  Response out = Problem(503, detail, "busy");
  out.Set("Retry-After", "1");
  return out;
}

int StatusOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::kNotFound: return 404;
    case ErrorCode::kUsage:
    case ErrorCode::kBadInput: return 422;
    case ErrorCode::kReadOnly: return 403;
    case ErrorCode::kLocked:
    case ErrorCode::kTimeout:
    case ErrorCode::kRulesChanged:
    case ErrorCode::kNewerKb: return 503;
    default: return 500;
  }
}

Response Problem(const Error& error) {
  Response out = Problem(StatusOf(error), error.message, ErrorCodeName(error.code));
  // What took too long would take as long again; what somebody else is at may be done soon.
  if (error.code == ErrorCode::kLocked) out.Set("Retry-After", "2");
  return out;
}

}  // namespace sakuin::server

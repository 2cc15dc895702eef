#pragma once

// The head of a request as it came, and what it asks for; what is doubtful in it is refused, so
// that no proxy in front understands it in another way.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/server/message.h"

namespace sakuin::server {

struct Head {
  std::string method;
  std::string target;  // "/path?query", "http://host/path" or "*"
  std::vector<std::pair<std::string, std::string>> fields;
};

// Why it is no request that can be answered: 400 for a target or a Host that is none or stands
// twice, 501 for a body that is sent in a way other than "chunked".
std::optional<Response> RefuseHead(const Head& head);

// Everything of a request but body and client. Fields of one name are joined by ", ", cookies by
// "; "; the host of an absolute target counts before the field (RFC 9112).
Request ReadHead(const Head& head);

// Without what would begin another line: whatever is put into a header stays within it.
std::string OneLine(std::string_view value);

}  // namespace sakuin::server

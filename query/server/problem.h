#pragma once

// What went wrong, for programs: RFC 9457.

#include <string>

#include "indexer/base/error.h"
#include "query/server/message.h"

namespace sakuin::server {

// {"type","title","status","detail","code"}
Response Problem(int status, const std::string& detail, const std::string& code = {});

// 503, to be asked again in a second.
Response Busy(const std::string& detail);

// 404 for kNotFound, 422 for kUsage and kBadInput, 503 for what may be over soon or took too long,
// else 500. Says nothing of files: `where` is left out.
Response Problem(const Error& error);
int StatusOf(const Error& error);

}  // namespace sakuin::server

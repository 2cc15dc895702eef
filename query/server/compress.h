#pragma once

#include <string>
#include <string_view>

namespace sakuin::server {

// Does an Accept-Encoding header take gzip?
bool TakesGzip(std::string_view accept_encoding);

// RFC 1952, without name and time: the same bytes give the same result.
std::string Gzip(std::string_view bytes, int level);

}  // namespace sakuin::server

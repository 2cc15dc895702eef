#include "query/server/compress.h"

#include <zlib.h>

#include <algorithm>

namespace sakuin::server {

bool TakesGzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    std::string part(accept_encoding.substr(0, accept_encoding.find(',')));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), part.size() + 1));
    std::erase(part, ' ');
    const std::string name = part.substr(0, part.find(';'));
    if (name != "gzip" && name != "*") continue;
    const std::size_t weight = part.find(";q=0");
    if (weight == std::string::npos) return true;
    return part.find_first_not_of("0.", weight + 3) != std::string::npos;
  }
  return false;
}

std::string Gzip(std::string_view bytes, int level) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(done == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace sakuin::server

#include "query/server/compress.h"

#include <zlib.h>

#include <algorithm>

namespace sakuin::server {

namespace {

// One part of an Accept-Encoding header: "gzip;q=0.5".
struct Accepted {
  std::string name;
  bool wanted = true;  // false: its weight is 0
};

Accepted ReadPart(std::string_view text) {
  std::string part(text);
  std::erase_if(part, [](char c) { return c == ' ' || c == '\t'; });
  for (char& c : part) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const std::size_t end = std::min(part.find(';'), part.size());
  Accepted out{part.substr(0, end), true};
  const std::size_t weight = part.find(";q=", end);
  if (weight == std::string::npos) return out;
  const std::string digits = part.substr(weight + 3, part.find(';', weight + 3) - weight - 3);
  out.wanted = digits.find_first_of("123456789") != std::string::npos;
  return out;
}

}  // namespace

bool TakesGzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const std::string_view text = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), text.size() + 1));
    const Accepted part = ReadPart(text);
    if (part.name == "gzip" || part.name == "x-gzip") return part.wanted;
    if (part.name == "*") any = part.wanted;  // of what is not named
  }
  return any;
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

#pragma once

// An HTTP response as a web archive keeps it (RFC 9112), read leniently.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/base/result.h"

namespace sakuin::ingest {

// By lower-case name; of a name that stands twice, the first.
using HeaderFields = std::map<std::string, std::string, std::less<>>;

// Adds "Name: value"; lines of another form are passed over.
void AddHeaderField(std::string_view line, HeaderFields& fields);
std::string_view FieldOf(const HeaderFields& fields, std::string_view lower_name);

struct HttpHead {
  int status = 0;
  HeaderFields fields;
  std::size_t size = 0;  // bytes of the head with the empty line behind it
};
// Nothing where the bytes begin with no status line, or the head does not end.
std::optional<HttpHead> ReadHttpHead(std::string_view bytes);

// "text/html; charset=GBK" -> "text/html" and "GBK", both as far as they are there.
struct MediaType {
  std::string type;  // lower case
  std::string charset;
};
MediaType ReadMediaType(std::string_view value);

// Undoes Transfer-Encoding and Content-Encoding. Archives that keep the bytes unpacked but the
// fields as they came are read as well. `limit` bounds the result. kBadInput for an encoding that
// is not read and for damaged bytes.
struct HttpBody {
  std::string bytes;
  bool cut = false;  // its chunks end before the last one
};
Result<HttpBody> ReadHttpBody(const HttpHead& head, std::string_view body, std::uint64_t limit);

}  // namespace sakuin::ingest

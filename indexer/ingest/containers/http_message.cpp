#include "indexer/ingest/containers/http_message.h"

#include <algorithm>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/containers/archive.h"
#include "indexer/ingest/containers/byte_reader.h"

namespace sakuin::ingest {
namespace {

// The line at the beginning without its end; `text` goes behind it.
std::string_view NextLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::size_t> ChunkSize(std::string_view line) {
  std::size_t size = 0;
  std::size_t digits = 0;
  for (; digits < line.size(); ++digits) {
    const char c = line[digits];
    std::size_t value = 0;
    if (c >= '0' && c <= '9') {
      value = static_cast<std::size_t>(c - '0');
    } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
      value = static_cast<std::size_t>((c | 0x20) - 'a') + 10;
    } else {
      break;
    }
    size = size * 16 + value;
  }
  const bool ends = digits == line.size() || line[digits] == ';' || line[digits] == ' ';
  if (digits == 0 || digits > 8 || !ends) return std::nullopt;
  return size;
}

HttpBody Unchunk(std::string_view body) {
  HttpBody out;
  std::string_view rest = body;
  if (!ChunkSize(NextLine(rest))) return {std::string(body)};  // unpacked already
  rest = body;
  for (;;) {
    const auto size = ChunkSize(NextLine(rest));
    if (!size || *size > rest.size()) {
      out.bytes += size ? rest : std::string_view();
      out.cut = true;
      return out;
    }
    if (*size == 0) return out;
    out.bytes += rest.substr(0, *size);
    rest.remove_prefix(*size);
    NextLine(rest);
  }
}

Result<std::string> Unpack(std::string_view packed, std::uint64_t limit) {
  auto archive = Archive::OpenBytes(packed, Archive::Layout::kContent);
  if (!archive) return Pass(archive);
  const auto member = archive->Next();
  if (!member) return Pass(member);
  if (!*member) return std::string();
  return ByteReader([&archive](char* to, std::size_t size) { return archive->Read(to, size); })
      .TakeAll(limit);
}

}  // namespace

void AddHeaderField(std::string_view line, HeaderFields& fields) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return;
  fields.emplace(AsciiLower(utf8::Trim(line.substr(0, colon))),
                 std::string(utf8::Trim(line.substr(colon + 1))));
}

std::string_view FieldOf(const HeaderFields& fields, std::string_view lower_name) {
  const auto it = fields.find(lower_name);
  return it == fields.end() ? std::string_view() : std::string_view(it->second);
}

std::optional<HttpHead> ReadHttpHead(std::string_view bytes) {
  std::string_view rest = bytes;
  const std::string_view first = NextLine(rest);
  const std::size_t blank = first.find(' ');
  if (!first.starts_with("HTTP/") || blank == std::string_view::npos) return std::nullopt;
  HttpHead out;
  const std::string_view code = first.substr(blank + 1, 3);
  if (code.size() != 3) return std::nullopt;
  for (const char c : code) {
    if (c < '0' || c > '9') return std::nullopt;
    out.status = out.status * 10 + (c - '0');
  }
  while (!rest.empty()) {
    const std::string_view line = NextLine(rest);
    if (line.empty()) {
      out.size = bytes.size() - rest.size();
      return out;
    }
    AddHeaderField(line, out.fields);
  }
  return std::nullopt;
}

MediaType ReadMediaType(std::string_view value) {
  MediaType out;
  const std::vector<std::string> parts = Split(value, ';');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = utf8::Trim(parts[i]);
    if (i == 0) {
      out.type = AsciiLower(part);
    } else if (AsciiLower(part.substr(0, 8)) == "charset=") {
      std::string_view name = utf8::Trim(part.substr(8));
      while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
      while (!name.empty() && (name.back() == '"' || name.back() == '\'')) name.remove_suffix(1);
      out.charset = name;
    }
  }
  return out;
}

Result<HttpBody> ReadHttpBody(const HttpHead& head, std::string_view body, std::uint64_t limit) {
  HttpBody out{std::string(body)};
  const bool chunked =
      AsciiLower(FieldOf(head.fields, "transfer-encoding")).find("chunked") != std::string::npos;
  if (chunked) out = Unchunk(body);
  const std::string coding = AsciiLower(FieldOf(head.fields, "content-encoding"));
  if (coding.empty() || coding == "identity") return out;
  const bool packed =
      out.bytes.starts_with("\x1F\x8B") || out.bytes.starts_with("\x28\xB5\x2F\xFD");
  if (packed) {
    auto plain = Unpack(out.bytes, limit);
    if (!plain) return Pass(plain);
    out.bytes = std::move(*plain);
    return out;
  }
  // These two have no first bytes by which they could be told from an unpacked page.
  if (coding == "br" || coding == "deflate") {
    return Fail(ErrorCode::kBadInput, "is packed by '" + coding + "', which is not read");
  }
  return out;
}

}  // namespace sakuin::ingest

#include "query/server/head.h"

#include <algorithm>

#include "query/server/problem.h"

namespace sakuin::server {
namespace {

// Of "http://host:1/path" the host and the rest; of any other target the whole is the rest.
struct Target {
  std::string_view host;
  std::string_view rest;
};

Target Split(std::string_view target) {
  const std::string scheme = Lower(target.substr(0, 8));
  const std::size_t begin = scheme.starts_with("http://") ? 7 : scheme == "https://" ? 8 : 0;
  if (begin == 0) return {"", target};
  const std::string_view rest = target.substr(begin);
  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  return {rest.substr(0, path), path == rest.size() ? std::string_view("/") : rest.substr(path)};
}

}  // namespace

std::optional<Response> RefuseHead(const Head& head) {
  std::size_t hosts = 0;
  for (const auto& [raw_name, value] : head.fields) {
    const std::string name = Lower(raw_name);
    if (name == "host") ++hosts;
    if (name == "transfer-encoding" && Lower(value) != "chunked") {
      return Problem(501, "a body is sent as it is or chunked", "transfer-encoding");
    }
  }
  if (hosts != 1) return Problem(400, "a request names one Host", "host");
  const std::string_view rest = Split(head.target).rest;
  const bool is_path = rest.starts_with('/') || rest.starts_with('?') || head.target == "*";
  // Bytes beyond ASCII are let through: programs send them unescaped, and they harm nobody.
  const bool plain = std::none_of(head.target.begin(), head.target.end(), [](char c) {
    return (static_cast<unsigned char>(c) <= 0x20) || c == 0x7f || c == '#';
  });
  if (!is_path || !plain) return Problem(400, "that is no address of a page", "target");
  return std::nullopt;
}

Request ReadHead(const Head& head) {
  Request out;
  out.method = head.method;
  const Target target = Split(head.target);
  const std::size_t mark = target.rest.find('?');
  out.path = std::string(target.rest.substr(0, mark));
  if (out.path.empty()) out.path = "/";
  if (mark != std::string_view::npos) out.query = Parameters::Parse(target.rest.substr(mark + 1));
  for (const auto& [name, text] : head.fields) {
    std::string& value = out.headers[Lower(name)];
    if (!value.empty()) value += Lower(name) == "cookie" ? "; " : ", ";
    value += text;
  }
  if (!target.host.empty()) out.headers["host"] = std::string(target.host);
  return out;
}

std::string OneLine(std::string_view value) {
  std::string out(value);
  std::erase_if(
      out, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
  return out;
}

}  // namespace sakuin::server

// Any bytes as the head of a request: what is not refused reads into clean parameters, finds its
// route or none, and only our own hosts get further.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "indexer/base/utf8.h"
#include "query/server/compress.h"
#include "query/server/guard.h"
#include "query/server/head.h"
#include "query/server/router.h"

namespace {

using namespace sakuin::server;

void Require(bool holds) {
  if (!holds) std::abort();
}

std::string_view Line(std::string_view& rest) {
  const std::string_view out = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), out.size() + 1));
  return out;
}

// "METHOD TARGET", then "NAME:VALUE" a line, then the body.
Head Split(std::string_view& rest) {
  Head out;
  const std::string_view first = Line(rest);
  const std::size_t blank = std::min(first.find(' '), first.size());
  out.method = std::string(first.substr(0, blank));
  out.target = std::string(first.substr(std::min(blank + 1, first.size())));
  while (!rest.empty() && rest.front() != '\n') {
    const std::string_view line = Line(rest);
    const std::size_t colon = std::min(line.find(':'), line.size());
    out.fields.emplace_back(std::string(line.substr(0, colon)),
                            std::string(line.substr(std::min(colon + 1, line.size()))));
  }
  return out;
}

void CheckParameters(const Parameters& parameters) {
  for (const auto& [name, value] : parameters.items()) {
    Require(!sakuin::utf8::FindInvalid(name) && !sakuin::utf8::FindInvalid(value));
  }
  Require(Parameters::Parse(parameters.Print()).items() == parameters.items());
}

const Router& Routes() {
  static const Router router = [] {
    Router out;
    for (const char* const pattern : {"/api/v1/search", "/api/v1/documents/{id}", "/{a}/b/{c}"}) {
      Route route;
      route.method = "GET";
      route.pattern = pattern;
      out.Add(std::move(route));
    }
    return out;
  }();
  return router;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const Head head = Split(rest);
  if (const auto refused = RefuseHead(head)) {
    Require(refused->status == 400 || refused->status == 501);
    return 0;
  }
  Request request = ReadHead(head);
  request.body = std::string(rest);
  Require(request.path.starts_with('/') || request.path == "*");
  CheckParameters(request.query);
  CheckParameters(Parameters::Parse(request.body));
  for (const auto& [name, value] : Routes().Find(request.method, request.path).captured) {
    Require(!value.empty() && !sakuin::utf8::FindInvalid(value));
    Require(value.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos);
  }
  static const Guard guard = [] {
    GuardOptions options;
    options.port = 8642;
    return Guard(options);
  }();
  if (const auto refused = guard.Refuse(request)) {
    Require(refused->status == 421 || refused->status == 403);
  } else {
    Require(request.Header("host").ends_with(":8642"));
    (void)guard.RefuseWrite(request);
  }
  for (const auto& [name, value] : request.headers) {
    Require(OneLine(value).find_first_of("\r\n") == std::string::npos);
  }
  (void)TakesGzip(request.Header("accept-encoding"));
  return 0;
}

#include "query/server/site.h"

#include <sodium.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "query/server/compress.h"
#include "query/server/problem.h"

namespace sakuin::server {
namespace {

constexpr std::size_t kWorthCompressing = 1024;
constexpr int kQuick = 4;  // zlib's level: half the time of 6 for a few percent of size

bool HasHeader(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

std::string Digest(const std::string& text) {
  unsigned char out[12];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  char hex[2 * sizeof out + 1];
  sodium_bin2hex(hex, sizeof hex, out, sizeof out);
  return hex;
}

bool IsText(const std::string& type) {
  return type.starts_with("text/") || type.find("json") != std::string::npos ||
         type.find("xml") != std::string::npos || type.find("javascript") != std::string::npos;
}

// Does If-None-Match have this tag? Weak comparison, RFC 9110.
bool Knows(const std::string& known, const std::string& tag) {
  return known == "*" || known.find(tag) != std::string::npos;
}

}  // namespace

Response Site::Handle(Request request, service::Desk& desk) {
  const auto began = std::chrono::steady_clock::now();
  std::string route_id = "none";
  const std::string cookie = guard_.NewCookie(request);
  Response out;
  try {
    out = Answer(request, desk, route_id);
    const bool is_api = request.path.starts_with("/api/") || request.path == "/metrics" ||
                        request.path == "/healthz";
    if (out.status >= 400 && !is_api && error_page_ && out.type == "application/problem+json" &&
        request.Header("accept").find("text/html") != std::string::npos) {
      out = error_page_(request, desk, out);
    }
  } catch (const std::exception&) {
    // A mistake of ours; its words may name files.
    out = Problem(500, "the program made a mistake; its log says more", "internal");
  }
  if (!cookie.empty() && out.type.starts_with("text/html")) out.Set("Set-Cookie", cookie);
  Finish(request, out);
  metrics_.Count(route_id, out.status, std::chrono::steady_clock::now() - began);
  return out;
}

Response Site::Answer(Request& request, service::Desk& desk, std::string& route_id) {
  if (auto refused = guard_.Refuse(request)) return std::move(*refused);
  auto found = router_.Find(request.method, request.path);
  if (found.route == nullptr && !found.allowed.empty()) {
    Response out = Problem(405, "this address does not take " + request.method, "method");
    std::string allowed;
    for (const std::string& method : found.allowed) {
      allowed += (allowed.empty() ? "" : ", ") + method;
    }
    out.Set("Allow", allowed);
    return out;
  }
  if (found.route == nullptr) return Problem(404, "there is nothing at this address", "not-found");
  // What is wrong with a body is no matter where no body can be right.
  if (auto refused = guard_.RefuseWrite(request)) return std::move(*refused);
  route_id = found.route->id;
  request.captured = std::move(found.captured);
  return found.route->handler(request, desk);
}

void Site::Finish(const Request& request, Response& response) {
  response.Set("X-Content-Type-Options", "nosniff");
  response.Set("Referrer-Policy", "no-referrer");
  response.Set("Cross-Origin-Opener-Policy", "same-origin");
  response.Set("Cross-Origin-Resource-Policy", "same-origin");
  response.Set("X-Frame-Options", "DENY");
  response.Set("Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
               "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
               "require-trusted-types-for 'script'");
  if (!HasHeader(response, "Cache-Control")) response.Set("Cache-Control", "no-cache");
  const bool is_text = IsText(response.type);
  if (is_text) response.Set("Vary", "Accept-Encoding, Accept-Language, Cookie");
  const bool may_have_tag = response.status == 200 && !HasHeader(response, "ETag");
  if (may_have_tag && (request.method == "GET" || request.method == "HEAD")) {
    const std::string tag = "\"" + Digest(response.body) + "\"";
    response.Set("ETag", "W/" + tag);
    if (Knows(request.Header("if-none-match"), tag)) {
      response.status = 304;
      response.body.clear();
      response.type.clear();
      return;
    }
  }
  if (!is_text || response.body.size() < kWorthCompressing ||
      !TakesGzip(request.Header("accept-encoding"))) {
    return;
  }
  std::string packed = Gzip(response.body, kQuick);
  if (packed.empty() || packed.size() >= response.body.size()) return;
  response.body = std::move(packed);
  response.Set("Content-Encoding", "gzip");
}

}  // namespace sakuin::server

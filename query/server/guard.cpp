#include "query/server/guard.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "query/server/problem.h"

namespace sakuin::server {
namespace {

constexpr const char* kSession = "sakuin-session";
constexpr const char* kToken = "sakuin-token";
// Of a word that is guessed: a token has at least 16 characters, so that nobody gets far.
constexpr std::chrono::milliseconds kWrongToken{500};

std::string Hex(const unsigned char* bytes, std::size_t size) {
  std::string out(2 * size + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes, size);
  out.pop_back();
  return out;
}

std::string RandomHex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  return Hex(reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
}

bool SameText(const std::string& a, const std::string& b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool ChangesSomething(const std::string& method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

// "application/json" of "Application/JSON; charset=utf-8".
std::string MediaType(const std::string& header) {
  std::string out = Lower(header.substr(0, header.find(';')));
  while (out.ends_with(' ') || out.ends_with('\t')) out.pop_back();
  return out;
}

// Host and port of "[::1]:80", "localhost", "name:80".
std::pair<std::string, std::string> SplitHost(std::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  std::string name = Lower(host.substr(0, has_port ? colon : host.size()));
  return {std::move(name), has_port ? std::string(host.substr(colon + 1)) : std::string()};
}

}  // namespace

Guard::Guard(GuardOptions options) : options_(std::move(options)), secret_(RandomHex(32)) {
  for (std::string& name : options_.host_names) name = Lower(name);
}

bool Guard::IsOwnHost(std::string_view host) const {
  const auto [name, port] = SplitHost(host);
  const bool known = name == "localhost" || name == "127.0.0.1" || name == "[::1]" ||
                     std::find(options_.host_names.begin(), options_.host_names.end(), name) !=
                         options_.host_names.end();
  if (!known || options_.behind_proxy) return known;
  const bool default_port = port.empty() && (options_.port == 80 || options_.port == 443);
  return default_port || port == std::to_string(options_.port);
}

bool Guard::IsOwnOrigin(const Request& request) const {
  const std::string& site = request.Header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const std::string& origin = request.Header("origin");
  if (origin.empty()) return true;
  // What a browser sends of a form's origin where a page gives no referrer away, as ours don't.
  if (origin == "null") return site == "same-origin";
  const std::size_t scheme = origin.find("://");
  return scheme != std::string::npos && origin.substr(scheme + 3) == request.Header("host");
}

bool Guard::TokenFits(const std::string& token) const {
  return SameText(Sign(token), Sign(options_.token));
}

bool Guard::HasToken(const Request& request) const {
  const std::string& given = request.Header("authorization");
  constexpr std::string_view kBearer = "bearer ";
  if (Lower(given.substr(0, kBearer.size())) == kBearer) {
    return TokenFits(given.substr(kBearer.size()));
  }
  const std::string cookie = request.Cookie(kToken);
  return !cookie.empty() && SameText(cookie, Sign("token " + options_.token));
}

std::string Guard::Sign(const std::string& text) const {
  unsigned char out[crypto_generichash_BYTES];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), reinterpret_cast<const unsigned char*>(secret_.data()),
                     secret_.size());
  return Hex(out, sizeof out);
}

std::string Guard::FormWord(const Request& request) const {
  return Sign("form " + request.Cookie(kSession));
}

std::string Guard::NewCookie(Request& request) const {
  if (!request.Cookie(kSession).empty()) return {};
  const std::string value = RandomHex(16);
  std::string& cookies = request.headers["cookie"];
  cookies += (cookies.empty() ? "" : "; ") + (kSession + ("=" + value));
  return kSession + ("=" + value + "; Path=/; HttpOnly; SameSite=Strict") +
         (request.encrypted ? "; Secure" : "");
}

bool Guard::IsPrivate(const Request& request, const Response& response) const {
  return response.body.find(FormWord(request)) != std::string::npos ||
         response.body.find(request.Cookie(kSession)) != std::string::npos;
}

std::string Guard::TokenCookie(const Request& request) const {
  return kToken + ("=" + Sign("token " + options_.token) + "; Path=/; HttpOnly; SameSite=Strict") +
         (request.encrypted ? "; Secure" : "");
}

std::optional<Response> Guard::Refuse(const Request& request) const {
  if (!IsOwnHost(request.Header("host"))) {
    return Problem(421, "this address is not served here; --host-name allows another name",
                   "foreign-host");
  }
  if (NeedsToken() && !HasToken(request) && request.path != "/login" &&
      !request.path.starts_with("/assets/") && request.path != "/healthz") {
    Response out =
        Problem(401, "the token is missing or wrong: Authorization: Bearer TOKEN", "token");
    out.Set("WWW-Authenticate", "Bearer");
    const bool guessed =
        !request.Header("authorization").empty() || !request.Cookie(kToken).empty();
    if (guessed) out.hold = kWrongToken;
    return out;
  }
  if (ChangesSomething(request.method) && !IsOwnOrigin(request)) {
    return Problem(403, "another site asks", "foreign-origin");
  }
  return std::nullopt;
}

std::optional<Response> Guard::RefuseWrite(const Request& request) const {
  if (!ChangesSomething(request.method)) return std::nullopt;
  if (options_.read_only && request.path != "/login") {
    return Problem(403, "this server only reads (--read-only)", "read-only");
  }
  const std::string type = MediaType(request.Header("content-type"));
  // No other site's page can send this without being asked first, and it is refused then.
  if (type == "application/json") return std::nullopt;
  if (type != "application/x-www-form-urlencoded") {
    return Problem(415, "a body is application/json or a form", "media-type");
  }
  const std::string given = Parameters::Parse(request.body).Get("csrf");
  if (!SameText(given, FormWord(request))) {
    return Problem(403, "the form is too old: load the page again", "form");
  }
  return std::nullopt;
}

}  // namespace sakuin::server

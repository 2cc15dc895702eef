#include "query/server/guard.h"

#include "tests/support/catch.h"

namespace sakuin::server {
namespace {

constexpr const char* kToken = "a word that nobody guesses";

Request Ask(const std::string& method = "GET", const std::string& host = "localhost:8642") {
  Request out;
  out.method = method;
  out.path = "/api/v1/search";
  out.headers["host"] = host;
  return out;
}

GuardOptions Options() {
  GuardOptions out;
  out.port = 8642;
  return out;
}

int StatusOf(const std::optional<Response>& refused) { return refused ? refused->status : 200; }

// What both doors say of it.
int Both(const Guard& guard, const Request& request) {
  const int first = StatusOf(guard.Refuse(request));
  return first != 200 ? first : StatusOf(guard.RefuseWrite(request));
}

TEST_CASE("only our own hosts are served", "[server]") {
  auto options = Options();
  options.host_names = {"Knee.Example"};
  const Guard guard(options);
  for (const char* own : {"localhost:8642", "LocalHost:8642", "127.0.0.1:8642", "[::1]:8642",
                          "knee.example:8642", "KNEE.example:8642"}) {
    INFO(own);
    CHECK(Both(guard, Ask("GET", own)) == 200);
  }
  for (const char* foreign :
       {"", "evil.example:8642", "localhost", "localhost:80", "localhost:86420", "localhost.:8642",
        "127.0.0.1.evil.example:8642", "[::2]:8642", "localhost:8642, evil.example", ":8642",
        "localhost:8642:8642", "[::1", "127.0.0.2:8642", "localhost:08642"}) {
    INFO(foreign);
    CHECK(Both(guard, Ask("GET", foreign)) == 421);
    CHECK(Both(guard, Ask("POST", foreign)) == 421);
  }
}

TEST_CASE("a default port need not be said; behind a proxy the port is its own", "[server]") {
  auto options = Options();
  options.port = 443;
  CHECK(Both(Guard(options), Ask("GET", "localhost")) == 200);
  CHECK(Both(Guard(options), Ask("GET", "localhost:443")) == 200);
  options.port = 8642;
  options.behind_proxy = true;
  options.host_names = {"knee.example"};
  CHECK(Both(Guard(options), Ask("GET", "knee.example")) == 200);
  CHECK(Both(Guard(options), Ask("GET", "knee.example:8443")) == 200);
  CHECK(Both(Guard(options), Ask("GET", "evil.example")) == 421);
}

TEST_CASE("another site may look and not touch", "[server]") {
  const Guard guard(Options());
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"origin", "http://evil.example"},
           {"origin", "null"},
           {"origin", "http://localhost:1"},
           {"origin", "localhost:8642"},
           {"origin", "http://localhost:8642.evil.example"},
           {"sec-fetch-site", "cross-site"},
           {"sec-fetch-site", "same-site"}}) {
    INFO(name << ": " << value);
    Request request = Ask("POST");
    request.headers["content-type"] = "application/json";
    request.headers[name] = value;
    CHECK(StatusOf(guard.Refuse(request)) == 403);
    request.method = "GET";
    CHECK(Both(guard, request) == 200);
  }
  Request own = Ask("POST");
  own.headers["content-type"] = "Application/JSON; charset=utf-8";
  own.headers["origin"] = "http://localhost:8642";
  own.headers["sec-fetch-site"] = "same-origin";
  CHECK(Both(guard, own) == 200);
  // A form of a page that gives no referrer away.
  own.headers["origin"] = "null";
  CHECK(Both(guard, own) == 200);
  for (const char* const site : {"none", "same-site", "cross-site"}) {
    own.headers["sec-fetch-site"] = site;
    CHECK(Both(guard, own) == 403);
  }
}

TEST_CASE("a body is JSON or a form with its word", "[server]") {
  const Guard guard(Options());
  Request request = Ask("POST");
  for (const char* type : {"", "text/plain", "multipart/form-data", "application/json-seq",
                           "text/plain; application/json", "application/jsonx"}) {
    INFO(type);
    request.headers["content-type"] = type;
    CHECK(StatusOf(guard.RefuseWrite(request)) == 415);
  }
  request.headers["content-type"] = "application/x-www-form-urlencoded;charset=UTF-8";
  CHECK(StatusOf(guard.RefuseWrite(request)) == 403);
  const std::string cookie = guard.NewCookie(request);
  CHECK(cookie.find("HttpOnly; SameSite=Strict") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);
  CHECK(guard.NewCookie(request).empty());  // it has one now
  const std::string word = guard.FormWord(request);
  request.body = "a=1&csrf=" + word;
  CHECK(StatusOf(guard.RefuseWrite(request)) == 200);
  for (const std::string& wrong :
       {std::string(), word.substr(1), word + "0", std::string(64, '0')}) {
    request.body = "csrf=" + wrong;
    CHECK(StatusOf(guard.RefuseWrite(request)) == 403);
  }
  request.body = "csrf=" + word;
  request.headers["cookie"] = "sakuin-session=of-another-browser";
  CHECK(StatusOf(guard.RefuseWrite(request)) == 403);
  // Of another process.
  Request other = Ask("POST");
  other.headers["content-type"] = "application/x-www-form-urlencoded";
  other.headers["cookie"] = "sakuin-session=x";
  other.body = "csrf=" + Guard(Options()).FormWord(other);
  CHECK(StatusOf(guard.RefuseWrite(other)) == 403);
}

TEST_CASE("a reading server takes no writes", "[server]") {
  auto options = Options();
  options.read_only = true;
  const Guard guard(options);
  Request request = Ask("POST");
  request.headers["content-type"] = "application/json";
  CHECK(StatusOf(guard.RefuseWrite(request)) == 403);
  request.path = "/login";
  CHECK(StatusOf(guard.RefuseWrite(request)) == 200);
  CHECK(StatusOf(guard.RefuseWrite(Ask("GET"))) == 200);
}

TEST_CASE("the token lets in, and nothing like it", "[server]") {
  auto options = Options();
  options.token = kToken;
  const Guard guard(options);
  Request request = Ask();
  auto refused = guard.Refuse(request);
  CHECK(StatusOf(refused) == 401);
  CHECK(refused->hold.count() == 0);  // who has not tried is not slowed
  for (const std::string& given :
       {std::string("Bearer ") + kToken, std::string("BEARER ") + kToken}) {
    request.headers["authorization"] = given;
    CHECK(Both(guard, request) == 200);
  }
  for (const std::string& wrong :
       {std::string("Bearer "), std::string("Bearer x"), std::string(kToken),
        std::string("Bearer ") + kToken + "x", std::string("Bearer")}) {
    INFO(wrong);
    request.headers["authorization"] = wrong;
    refused = guard.Refuse(request);
    CHECK(StatusOf(refused) == 401);
    CHECK(refused->hold.count() > 0);
  }
  Request browser = Ask();
  const std::string cookie = guard.TokenCookie(browser);
  browser.headers["cookie"] = cookie.substr(0, cookie.find(';'));
  CHECK(Both(guard, browser) == 200);
  CHECK(cookie.find(kToken) == std::string::npos);
  browser.headers["cookie"] = std::string("sakuin-token=") + kToken;
  CHECK(Both(guard, browser) == 401);
  browser.encrypted = true;
  CHECK(guard.TokenCookie(browser).find("; Secure") != std::string::npos);
}

}  // namespace
}  // namespace sakuin::server

#pragma once

// A request and its answer, without anything of the library that carries them.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sakuin::server {

// Names and values in the order of the text, decoded; a name may come several times.
class Parameters {
 public:
  // "a=1&b=%E8%86%9D+x": of a query string or a form. Bytes that are no UTF-8 become U+FFFD, NUL
  // and the other C0 controls but tab and newlines are left out.
  static Parameters Parse(std::string_view text);

  // The first value; "" without one.
  const std::string& Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  std::vector<std::string> All(std::string_view name) const;  // empty values left out
  const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

  void Add(std::string name, std::string value);
  void Set(std::string_view name, std::string value);  // instead of all of that name
  void Remove(std::string_view name);
  void Remove(std::string_view name, std::string_view value);
  // Percent-encoded again: "a=1&b=2".
  std::string Print() const;

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

// A to Z become small letters; HTTP knows no others.
std::string Lower(std::string_view text);

// Percent-encodes everything but unreserved characters; of a path segment or a parameter.
std::string Encode(std::string_view text);
// nullopt for a broken escape.
std::optional<std::string> Decode(std::string_view text, bool plus_is_blank);

struct Request {
  std::string method;  // "GET"; upper case
  std::string path;    // as sent, still encoded, without the query
  Parameters query;
  std::map<std::string, std::string, std::less<>> headers;   // names in lower case
  std::map<std::string, std::string, std::less<>> captured;  // of the route's pattern, decoded
  std::string body;
  std::string client;      // address
  bool encrypted = false;  // came over TLS, or a proxy says so

  const std::string& Header(std::string_view name) const;  // "" without one
  std::string Cookie(std::string_view name) const;         // "" without one
};

struct Response {
  int status = 200;
  std::string type = "application/json";  // with charset where it is text
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // Sent so much later, at the cost of no worker: for who guesses.
  std::chrono::milliseconds hold{0};

  const std::string& Header(std::string_view name) const;  // "" without one
  void Set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
  }
};

// What is known of an answer before a worker looks at the request.
struct AtHand {
  std::optional<Response> answer;
  bool renew = false;    // it is a little old: it should be made again, beside the others
  bool is_slow = false;  // where there is none: making it takes long
};

// "Not Found"
std::string_view StatusText(int status);

}  // namespace sakuin::server

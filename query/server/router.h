#pragma once

// Which address is answered by what; each route is defined once, with its documentation.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/server/answer_cache.h"
#include "query/server/message.h"
#include "query/service/library.h"

namespace sakuin::server {

// One a worker thread at a time; must not throw.
using Handler = std::function<Response(const Request&, service::Desk&)>;

struct Parameter {
  std::string name;
  std::string type = "string";  // "string", "integer", "boolean"
  std::string text;             // one sentence
  bool required = false;
  bool repeated = false;
  std::vector<std::string> one_of;  // empty: anything
  std::int64_t least = 0;           // of integers
  std::int64_t most = 0;
  std::string pattern = {};   // regular expression of the documents, not of the program
  std::string fallback = {};  // what is taken where it is not given; "" where that is nothing
};

struct Route {
  std::string method;   // "GET" answers HEAD too
  std::string pattern;  // "/api/v1/documents/{id}": {name} is one segment, captured decoded
  std::string id;       // "getDocument"
  std::string summary;  // one line
  std::vector<Parameter> parameters;  // of the query
  std::string
      answer;  // name of a schema of the OpenAPI document, or a media type such as "text/html"
  Handler handler;
  std::string body = {};  // name of the schema of the request's body; "" without one
  // Whose answers may be given to others who ask the same: of method, address, host, encoding and
  // Accept-Language; and of these cookies.
  SharedBy shared = SharedBy::kNobody;
  std::vector<std::string> of_cookies = {};
};

class Router {
 public:
  void Add(Route route);
  // Says of a route that is there, by its id, what it shares.
  void Share(std::string_view id, SharedBy by, std::vector<std::string> of_cookies = {});
  const std::vector<Route>& routes() const { return routes_; }

  struct Found {
    const Route* route = nullptr;  // nullptr: none
    std::map<std::string, std::string, std::less<>> captured;
    std::vector<std::string> allowed;  // methods of the path, where only the method is wrong
  };
  Found Find(std::string_view method, std::string_view path) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace sakuin::server

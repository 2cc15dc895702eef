#include "query/api/routes.h"

#include "query/api/search_request.h"
#include "query/results/to_json.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using server::Parameter;
using server::Request;
using server::Response;
using server::Route;

// One of model::kLanguages; English for anything else.
std::string UiLanguage(const Request& request) {
  const std::string& asked = request.query.Get("ui");
  for (const char* const known : {"ja", "zh-Hans", "zh-Hant"}) {
    if (asked == known) return known;
  }
  return "en";
}

Response Search(const Request& request, service::Desk& desk) {
  const auto asked = ReadSearchRequest(request.query, UiLanguage(request));
  if (!asked) return server::Problem(asked.error());
  const auto result = desk.Search(*asked);
  if (!result) return server::Problem(result.error());
  Response out;
  out.body = results::ToJson(*result, {asked->ui_language, &desk.library().aspects()}) + "\n";
  return out;
}

}  // namespace

void AddRoutes(server::Site& site) {
  Route search;
  search.method = "GET";
  search.pattern = "/api/v1/search";
  search.id = "search";
  search.summary = "Find sections";
  search.answer = "SearchResult";
  search.handler = Search;
  site.router().Add(std::move(search));
}

}  // namespace sakuin::api

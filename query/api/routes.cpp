#include "query/api/routes.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "query/api/answers/endpoint.h"
#include "query/api/feeds/feeds.h"
#include "query/api/openapi/document.h"
#include "query/api/resources/resources.h"

namespace sakuin::api {

void AddRoutes(server::Site& site, const std::string& version) {
  Endpoints endpoints(site, version);
  AddSearch(endpoints);
  AddDocuments(endpoints);
  AddConcepts(endpoints);
  AddAdvice(endpoints);
  AddContradictions(endpoints);
  AddReviews(endpoints);
  AddHealth(endpoints);
  AddFeeds(endpoints);

  // The description describes itself too.
  server::Route description;
  description.method = "GET";
  description.pattern = "/api/v1/openapi.json";
  description.id = "describeApi";
  description.summary = "This description";
  description.answer = "application/json";
  std::vector<server::Route> described = endpoints.routes();
  described.push_back(description);
  const std::string text =
      OpenApiDocument(described, version, site.guard().NeedsToken()).dump(1) + "\n";
  description.handler = [text](const server::Request&, service::Desk&) {
    server::Response out;
    out.body = text;
    return out;
  };
  endpoints.Add(std::move(description), Depends::kOnNothing);
}

}  // namespace sakuin::api

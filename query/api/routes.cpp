#include "query/api/routes.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "query/api/answers/endpoint.h"
#include "query/api/feeds/feeds.h"
#include "query/api/openapi/document.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"

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
  server::Route description = MakeGet("/api/v1/openapi.json", "describeApi", "This description",
                                      "application/json", nullptr);
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

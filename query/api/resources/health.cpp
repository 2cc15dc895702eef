#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/server/problem.h"
#include "query/service/documents.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::Route;

Response Stats(const Request& request, service::Desk& desk) {
  auto stats = service::StatsObject(desk.reader());
  if (!stats) return server::Problem(stats.error());
  return Answer(request, std::move(*stats));
}

Response Health(const Request& request, service::Desk& desk) {
  const auto generation = desk.Generation();
  if (!generation) {
    return server::Problem(503, "the knowledge base cannot be read", "unavailable");
  }
  Response out = Answer(request, ordered_json{{"status", "ok"}, {"generation", *generation}});
  out.Set("Cache-Control", "no-store");
  return out;
}

Response Metrics(server::Site& site, service::Desk& desk) {
  const auto totals = desk.reader().ReadTotals();
  if (!totals) return server::Problem(totals.error());
  const auto findings = desk.FindingsNow();
  if (!findings) return server::Problem(findings.error());
  const auto generation = desk.Generation();
  if (!generation) return server::Problem(generation.error());
  Response out;
  out.type = "text/plain; version=0.0.4; charset=utf-8";
  out.body =
      site.metrics().Print({{"documents", static_cast<double>(totals->documents)},
                            {"sections", static_cast<double>(totals->sections)},
                            {"advice", static_cast<double>(totals->advice)},
                            {"generation", static_cast<double>(*generation)},
                            {"findings", static_cast<double>((*findings)->found.findings.size())},
                            {"reviews", static_cast<double>((*findings)->log.size())}});
  out.Set("Cache-Control", "no-store");
  return out;
}

}  // namespace

void AddHealth(Endpoints& endpoints) {
  Route stats =
      MakeGet("/api/v1/stats", "getStats",
              "What the knowledge base holds: counts by language, condition, site, versions",
              "Stats", Stats);
  stats.parameters = {Fields()};
  endpoints.Add(std::move(stats), Depends::kOnIndex);
  endpoints.Add(
      MakeGet("/healthz", "health",
              "Does it answer, and from which generation of the knowledge base?", "Health", Health),
      Depends::kOnNothing);
  server::Site* const site = &endpoints.site();
  endpoints.Add(
      MakeGet("/metrics", "metrics", "Counts of answers, times and sizes, as Prometheus reads them",
              "text/plain",
              [site](const Request&, service::Desk& desk) { return Metrics(*site, desk); }),
      Depends::kOnNothing);
}

}  // namespace sakuin::api

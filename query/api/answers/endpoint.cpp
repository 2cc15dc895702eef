#include "query/api/answers/endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "indexer/base/digest.h"
#include "query/api/answers/parameters.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::SharedBy;

Result<std::string> VersionOf(Depends depends, service::Desk& desk) {
  if (depends == Depends::kOnVerdicts) {
    const auto findings = desk.FindingsNow();
    if (!findings) return Pass(findings);
    return (*findings)->Version();
  }
  const auto generation = desk.Generation();
  if (!generation) return Pass(generation);
  return std::to_string(*generation);
}

// What was asked for, in one form: the order of different names is no difference, nor are empty
// values.
std::string Normalised(const Request& request) {
  auto items = request.query.items();
  std::erase_if(items, [](const auto& item) { return item.second.empty(); });
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out;
  for (const auto& [name, value] : items) {
    out += fmt::format("{}={}&", server::Encode(name), server::Encode(value));
  }
  for (const auto& [name, value] : request.captured)
    out += fmt::format("/{}", server::Encode(value));
  return out;
}

}  // namespace

bool KnowsTag(const std::string& if_none_match, const std::string& tag) {
  const std::string_view opaque = std::string_view(tag).substr(tag.starts_with("W/") ? 2 : 0);
  return if_none_match == "*" || if_none_match.find(opaque) != std::string::npos;
}

Endpoints::Endpoints(server::Site& site, std::string version)
    : site_(site),
      version_(std::move(version)),
      salt_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())) {}

void Endpoints::Add(server::Route route, Depends depends) {
  routes_.push_back(route);
  const auto answer = [route, depends, salt = version_ + salt_](const Request& request,
                                                                service::Desk& desk) -> Response {
    if (const Status good = CheckParameters(route.parameters, request.query); !good) {
      return server::Problem(good.error());
    }
    std::string tag;
    if (depends != Depends::kOnNothing && route.method == "GET") {
      const auto version = VersionOf(depends, desk);
      if (!version) return server::Problem(version.error());
      tag = fmt::format("W/\"{}\"", Digest(fmt::format("{}{}?{}{}", salt, route.id,
                                                       Normalised(request), *version)));
      if (KnowsTag(request.Header("if-none-match"), tag)) {
        Response same;
        same.status = 304;
        same.type.clear();
        same.Set("ETag", tag);
        same.Set("Vary", "Accept-Encoding, Accept-Language, Cookie");
        return same;
      }
    }
    Response out = route.handler(request, desk);
    if (out.status != 200) return out;
    if (out.body.size() > kMostAnswerBytes && route.id != "getSource") {
      return server::Problem(
          422, "the answer is longer than 8 MiB: ask for less by limit or fields", "too-long");
    }
    if (!tag.empty()) out.Set("ETag", tag);
    return out;
  };
  if (route.method == "GET" && depends != Depends::kOnNothing) {
    route.shared = depends == Depends::kOnIndex ? SharedBy::kIndex : SharedBy::kFindings;
  }
  route.handler = answer;
  site_.router().Add(std::move(route));
}

}  // namespace sakuin::api

#pragma once

// What all routes of the API have in common: checked parameters, an ETag that is known before the
// work is done, and a bound of the answer.

#include <string>
#include <vector>

#include "query/server/site.h"

namespace sakuin::api {

// What an answer changes with, besides the request and the program.
enum class Depends : std::uint8_t {
  kOnNothing,   // no ETag of ours
  kOnIndex,     // every commit
  kOnVerdicts,  // every commit and every verdict
};

// No longer answer is given; the source of a document is as long as it is.
inline constexpr std::size_t kMostAnswerBytes = std::size_t{8} << 20U;

class Endpoints {
 public:
  // `version`: of the program. `site` must outlive all requests.
  Endpoints(server::Site& site, std::string version);

  void Add(server::Route route, Depends depends);

  server::Site& site() const { return site_; }
  // All that were added, as they are described.
  const std::vector<server::Route>& routes() const { return routes_; }
  const std::string& version() const { return version_; }

 private:
  server::Site& site_;
  std::string version_;
  std::vector<server::Route> routes_;
  std::string salt_;  // of this process: another one may have other rules
};

// Does If-None-Match name this tag? Weak comparison, RFC 9110.
bool KnowsTag(const std::string& if_none_match, const std::string& tag);

}  // namespace sakuin::api

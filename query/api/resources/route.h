#pragma once

// What the routes of several resources have in common.

#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/api/answers/parameters.h"
#include "query/service/library.h"

namespace sakuin::api {

// GET, without parameters; `answer` names a schema of the document or a media type.
server::Route MakeGet(const char* pattern, const char* id, const char* summary, const char* answer,
                      server::Handler handler);

// language, condition, aspect, site, published: what api::ReadSearchRequest makes filters of.
Parameters SearchFilterParameters();

// The filters by condition and action, ids or names in any language, with all that is narrower.
struct Topic {
  std::vector<std::string> conditions;  // ids
  std::vector<std::string> actions;
};
// kNotFound and kUsage as service::ChooseConcepts.
Result<Topic> ReadTopic(const server::Parameters& query, service::Desk& desk);

}  // namespace sakuin::api

#pragma once

// Files of topics, searched one by one as free text: `search --topics` and `eval`.

#include <functional>
#include <string>
#include <vector>

#include "query/app/command.h"
#include "query/results/engine.h"

namespace sakuin::app {

struct Topic {
  std::string id;
  std::string query;
};

// `QID<TAB>QUERY` lines. kBadData with file:line for another form and for an id that stands twice.
Result<std::vector<Topic>> ReadTopics(const std::string& path);

// The id of a hit in a run: the document's where the request asks by document.
std::string RunId(const results::SearchRequest& request, const results::Hit& hit);

// Searches every topic with `request` (its query is set here), until one search fails, `each` says
// so or context.stop is set. Gives the exit status of what stopped it, kDone where nothing did.
int RunTopics(const Context& context, results::Engine& engine, const std::vector<Topic>& topics,
              results::SearchRequest request,
              const std::function<void(const Topic&, const results::SearchResult&)>& each);

}  // namespace sakuin::app

#include <algorithm>

#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/results/to_json.h"
#include "query/server/problem.h"
#include "query/service/condition_browser.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::Route;

Response Concepts(const Request& request, service::Desk& desk) {
  const auto limit = ReadNumber(request.query, "limit", 100, 0, 1000);
  if (!limit) return server::Problem(limit.error());
  std::vector<const model::Concept*> all;
  const std::string& scheme = request.query.Get("scheme");
  for (const model::Concept& one : desk.library().rules()->thesaurus().concepts()) {
    if (scheme.empty() || one.scheme == scheme) all.push_back(&one);
  }
  auto first = all.begin();
  if (const std::string& after = request.query.Get("after"); !after.empty()) {
    const std::string id = FromCursor(after);
    first = std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->id == id; });
    if (first == all.end()) {
      return server::Problem(404, "that cursor names no concept of the list", "not-found");
    }
    ++first;
  }
  List list;
  list.head["total"] = all.size();
  list.key = "concepts";
  const auto rest = static_cast<std::size_t>(all.end() - first);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(*limit, rest));
  for (auto at = first; at != last; ++at) {
    list.items.push_back(ordered_json::parse(results::ToJson(**at)));
  }
  if (last != all.end() && last != first) list.next = ToCursor((*(last - 1))->id);
  return Answer(request, std::move(list), "concepts");
}

Response Concept(const Request& request, service::Desk& desk) {
  const std::string& id = request.captured.at("id");
  const model::Concept* const found = desk.library().rules()->thesaurus().Find(id);
  if (found == nullptr) {
    return server::Problem(404, "there is no concept '" + id + "'", "not-found");
  }
  return Answer(request, results::ToJson(*found));
}

results::TreeOptions OptionsOf(const Request& request) {
  results::TreeOptions out;
  out.ui_language = UiLanguage(request.query);
  out.all = IsOn(request.query, "all", false);
  const auto depth = ReadNumber(request.query, "depth", 100, 0, 100);
  out.depth = depth ? static_cast<int>(*depth) : 0;
  return out;
}

Response Conditions(const Request& request, service::Desk& desk) {
  service::ConditionBrowser browser(desk.searcher());
  if (const Status done = browser.Read(request.query.All("language")); !done) {
    return server::Problem(done.error());
  }
  List list;
  list.head = ordered_json::parse(results::ToJson(browser.Tree(OptionsOf(request))));
  list.key = "conditions";
  list.items = std::move(list.head["conditions"]);
  list.head.erase("conditions");
  return Answer(request, std::move(list), "conditions");
}

Response Condition(const Request& request, service::Desk& desk) {
  const auto found = service::ChooseCondition(desk.searcher(), request.captured.at("id"),
                                              UiLanguage(request.query));
  if (!found) return server::Problem(found.error());
  service::ConditionBrowser browser(desk.searcher());
  if (const Status done = browser.Read(request.query.All("language")); !done) {
    return server::Problem(done.error());
  }
  const auto details = browser.Details((*found)->id);
  if (!details) return server::Problem(details.error());
  return Answer(request, results::ToJson(browser.Tree(OptionsOf(request)), **found, *details));
}

}  // namespace

void AddConcepts(Endpoints& endpoints) {
  Route list = MakeGet("/api/v1/concepts", "listConcepts", "The concepts of the thesaurus",
                       "ConceptList", Concepts);
  list.parameters = {Text("scheme", "Only of this scheme, such as conditions"), Limit(100),
                     After(kCursorPattern), Fields(), Formats({"json", "jsonl"})};
  endpoints.Add(std::move(list), Depends::kOnIndex);
  Route one = MakeGet("/api/v1/concepts/{id}", "getConcept", "One concept", "Concept", Concept);
  one.parameters = {Fields()};
  endpoints.Add(std::move(one), Depends::kOnIndex);

  const server::Parameter language =
      Texts("language", "Count only sections in this language; zh is both scripts");
  const server::Parameter depth = Number("depth", "Levels to go down; 0 is the first", 0, 100);
  const server::Parameter all = Flag("all", "Also conditions that no section is tagged with");
  Route tree = MakeGet("/api/v1/conditions", "listConditions",
                       "Conditions and symptoms as a tree with counts of sections", "ConditionTree",
                       Conditions);
  tree.parameters = {language, all, depth, UiLanguages(), Fields()};
  endpoints.Add(std::move(tree), Depends::kOnIndex);
  Route node = MakeGet("/api/v1/conditions/{id}", "getCondition",
                       "One condition, by its id or any name: names, places, counts",
                       "ConditionDetails", Condition);
  node.parameters = {language, all, depth, UiLanguages(), Fields()};
  endpoints.Add(std::move(node), Depends::kOnIndex);
}

}  // namespace sakuin::api

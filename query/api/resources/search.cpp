#include <chrono>

#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/results/completion.h"
#include "query/results/to_csv.h"
#include "query/results/to_json.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::Route;

Response Search(const Request& request, service::Desk& desk) {
  auto asked = ReadSearchRequest(request.query, UiLanguage(request.query));
  if (!asked) return server::Problem(asked.error());
  const std::string& format = FormatOf(request);
  asked->facets = asked->facets && (format.empty() || format == "json");
  if (const Status known = CheckFilters(*asked, desk); !known) {
    return server::Problem(known.error());
  }
  const auto result = desk.Search(*asked);
  if (!result) return server::Problem(result.error());
  List list;
  list.key = "hits";
  list.next = result->next;
  if (format == "csv") {
    list.csv = results::ToCsv(*result);
    return Answer(request, std::move(list), "search");
  }
  std::string json = results::ToJson(*result, {asked->ui_language, &desk.library().aspects()});
  if (format != "jsonl" && request.query.Get("fields").empty()) {
    return Answer(request, std::move(json));
  }
  list.head = ordered_json::parse(json);
  list.items = std::move(list.head["hits"]);
  list.head.erase("hits");
  list.head.erase("next");
  return Answer(request, std::move(list), "search");
}

Response Suggest(const Request& request, service::Desk& desk) {
  results::CompletionRequest asked;
  asked.typed = request.query.Get("q");
  asked.ui_language = UiLanguage(request.query);
  asked.readings = IsOn(request.query, "readings", false);
  asked.limit = ReadNumber(request.query, "limit", asked.limit, 0, 1000).value_or(asked.limit);
  const auto names = desk.did_you_mean();
  if (!names) return server::Problem(names.error());
  const auto began = std::chrono::steady_clock::now();
  const auto found = results::Complete(asked, desk.searcher().plan_context(), (*names)->spellings(),
                                       desk.engine().backend());
  if (!found) return server::Problem(found.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  if (FormatOf(request) != "opensearch") {
    return Answer(request, results::ToJson(*found, asked.typed, took.count()));
  }
  ordered_json words = ordered_json::array();
  for (const auto& one : found->concepts) words.push_back(one.matched->text);
  for (const auto& one : found->headings) words.push_back(one.text);
  Response out = Answer(request, ordered_json{asked.typed, std::move(words)});
  out.type = "application/x-suggestions+json";
  return out;
}

}  // namespace

void AddSearch(Endpoints& endpoints) {
  Route search = MakeGet("/api/v1/search", "search", "Find sections", "SearchResult", Search);
  search.parameters = SearchFilterParameters();
  search.parameters.insert(
      search.parameters.begin(),
      Text("q", "Query; words, \"phrases\", OR, -without, prefix*, NEAR/5, field:"));
  search.parameters.insert(
      search.parameters.end(),
      {Choice("by", "What a hit is", {"section", "document"}),
       Choice("sort", "Order; date is newest first", {"relevance", "date", "title"}), Limit(10),
       After("^([0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9})?$"),
       Flag("expand", "Also other names of the concepts in the query", "true"),
       Flag("exact", "As typed: no folding, no expansion"),
       Flag("duplicates", "Every copy of a reposted article"),
       Flag("explain", "Say how each hit was weighed"),
       Flag("facets", "Count languages, conditions, aspects and sites", "true"), UiLanguages(),
       Fields(), Formats({"json", "jsonl", "csv"})});
  endpoints.Add(std::move(search), Depends::kOnIndex);

  Route suggest = MakeGet("/api/v1/suggest", "suggest",
                          "Concepts, titles and headings that begin with what was typed",
                          "Suggestions", Suggest);
  suggest.parameters = {Text("q", "What was typed so far"),
                        Limit(10),
                        Flag("readings", "It may be pinyin or romaji of a name"),
                        UiLanguages(),
                        Fields(),
                        Formats({"json", "opensearch"})};
  endpoints.Add(std::move(suggest), Depends::kOnIndex);
}

}  // namespace sakuin::api

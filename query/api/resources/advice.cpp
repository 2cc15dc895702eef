#include <algorithm>

#include "query/api/answers/answer.h"
#include "query/api/answers/parameters.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/position_table.h"
#include "query/contradictions/tables/advice_csv.h"
#include "query/contradictions/tables/position_report.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using server::Request;
using server::Response;
using server::Route;
using store::AdviceRecord;

Result<store::AdviceQuery> QueryOf(const server::Parameters& query, service::Desk& desk) {
  auto topic = ReadTopic(query, desk);
  if (!topic) return Pass(topic);
  store::AdviceQuery out;
  out.conditions = std::move(topic->conditions);
  out.actions = std::move(topic->actions);
  return out;
}

Response Advice(const Request& request, service::Desk& desk) {
  auto asked = QueryOf(request.query, desk);
  if (!asked) return server::Problem(asked.error());
  const auto limit = ReadNumber(request.query, "limit", 100, 0, 1000);
  if (!limit) return server::Problem(limit.error());
  asked->limit = static_cast<std::int64_t>(*limit);
  asked->after = request.query.Get("after");
  asked->stances = request.query.All("stance");
  asked->languages = request.query.All("language");
  asked->sites = request.query.All("site");
  asked->aspects = request.query.All("aspect");
  asked->misconceptions = IsOn(request.query, "misconceptions", false);
  auto& languages = asked->languages;
  if (std::find(languages.begin(), languages.end(), "zh") != languages.end()) {
    languages.insert(languages.end(), {"zh-Hans", "zh-Hant"});
  }
  if (const std::string& in = request.query.Get("in"); !in.empty()) {
    const service::Named named = service::SplitId(in);
    asked->document = named.document;
    asked->section = named.section;
  }
  List list;
  const bool csv = FormatOf(request) == "csv";
  if (csv) list.csv = contradictions::AdviceCsvHead();
  const auto page = desk.reader().ForEachAdvice(*asked, [&](const AdviceRecord& record) {
    if (csv) {
      list.csv += contradictions::AdviceCsvRow(record);
    } else {
      list.items.push_back(contradictions::AdviceObject(record));
    }
    return true;
  });
  if (!page) return server::Problem(page.error());
  list.head["total"] = page->total;
  list.key = "advice";
  list.next = page->next;
  return Answer(request, std::move(list), "advice");
}

Response Positions(const Request& request, service::Desk& desk) {
  const auto asked = QueryOf(request.query, desk);
  if (!asked) return server::Problem(asked.error());
  const auto representatives = desk.reader().ReadRepresentatives();
  if (!representatives) return server::Problem(representatives.error());
  std::vector<AdviceRecord> records;
  const auto page = desk.reader().ForEachAdvice(*asked, [&records](AdviceRecord record) {
    records.push_back(std::move(record));
    return true;
  });
  if (!page) return server::Problem(page.error());
  const auto table = contradictions::PositionTable(records, *representatives);
  const auto& writer = desk.library().Reasons(UiLanguage(request.query));
  List list;
  list.key = "actions";
  if (FormatOf(request) == "csv") {
    list.csv = contradictions::PositionsCsv(writer, records, table);
  } else {
    list.head = contradictions::PositionsObject(writer, asked->conditions, records, table);
    list.items = std::move(list.head["actions"]);
    list.head.erase("actions");
  }
  return Answer(request, std::move(list), "positions");
}

}  // namespace

void AddAdvice(Endpoints& endpoints) {
  const server::Parameter condition =
      Texts("condition", "About this condition or what is narrower (id or name)");
  const server::Parameter action = Texts("action", "This action or what is narrower (id or name)");
  Route advice = MakeGet("/api/v1/advice", "listAdvice",
                         "Every piece of advice that the texts give", "AdviceList", Advice);
  advice.parameters = {condition,
                       action,
                       Choices("stance", "What it says", {"recommend", "avoid", "conditional"}),
                       Texts("language", "Only in this language; zh is both scripts"),
                       Texts("site", "Only from this site"),
                       Texts("aspect", "Only in sections of this aspect (id)"),
                       Text("in", "Only of this document or section (ID or ID#N)"),
                       Flag("misconceptions", "Only what is called a wrong belief"),
                       Limit(100),
                       After("^[0-9a-f]*$"),
                       Fields(),
                       Formats({"json", "jsonl", "csv"})};
  endpoints.Add(std::move(advice), Depends::kOnIndex);

  Route positions = MakeGet("/api/v1/positions", "listPositions",
                            "For each action who recommends it and who advises against it",
                            "Positions", Positions);
  positions.parameters = {Required(condition), action, UiLanguages(), Fields(),
                          Formats({"json", "jsonl", "csv"})};
  endpoints.Add(std::move(positions), Depends::kOnIndex);
}

}  // namespace sakuin::api

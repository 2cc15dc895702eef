#include "query/api/answers/answer.h"
#include "query/api/resources/finding_choice.h"
#include "query/api/resources/resources.h"
#include "query/api/resources/route.h"
#include "query/api/search_request.h"
#include "query/contradictions/reports/report.h"
#include "query/server/problem.h"

namespace sakuin::api {
namespace {

using contradictions::PairPage;
using contradictions::SelectedFinding;
using contradictions::Tension;
using server::Request;
using server::Response;
using server::Route;

// Every pair, or the best one of each finding.
Result<PairPage> PageOf(const std::vector<SelectedFinding>& selected, bool pairs,
                        const contradictions::PageRequest& page) {
  if (pairs) return contradictions::PageOfPairs(selected, page);
  const auto found = contradictions::PageOfFindings(selected, page);
  if (!found) return Pass(found);
  PairPage out;
  out.total = found->total;
  out.findings = found->total;
  for (const SelectedFinding* const one : found->findings) out.pairs.push_back(one->tensions[0]);
  out.next = found->next;
  return out;
}

Result<std::string> CsvOf(const service::Findings& findings, const PairPage& page,
                          const contradictions::ReasonWriter& writer) {
  const auto format = contradictions::MakeCsvReport(false);
  const contradictions::ReportBuilder builder(writer, *findings.list, nullptr);
  std::string out = format->Head({});
  for (const Tension* const pair : page.pairs) {
    const auto& finding = findings.found.findings[findings.finding_of.at(pair->cluster)];
    const auto row = builder.Build(finding, {pair}, true);
    if (!row) return Pass(row);
    out += format->Finding(*row);
  }
  return out + format->Tail();
}

Response Contradictions(const Request& request, service::Desk& desk) {
  const auto filter = ReadFindingFilter(request.query, desk);
  if (!filter) return server::Problem(filter.error());
  const auto limit = ReadNumber(request.query, "limit", 100, 0, 1000);
  if (!limit) return server::Problem(limit.error());
  const auto findings = desk.FindingsNow();
  if (!findings) return server::Problem(findings.error());
  const service::Findings& now = **findings;
  const auto selected = contradictions::SelectFindings(now.found, now.list->witnesses, *filter);
  const auto page =
      PageOf(selected, IsOn(request.query, "pairs", true), {*limit, request.query.Get("after")});
  if (!page) return server::Problem(page.error());
  const auto& writer = desk.library().Reasons(UiLanguage(request.query));
  List list;
  list.head["total"] = page->total;
  list.head["findings"] = page->findings;
  list.key = "contradictions";
  list.next = page->next;
  if (FormatOf(request) == "csv") {
    auto csv = CsvOf(now, *page, writer);
    if (!csv) return server::Problem(csv.error());
    list.csv = std::move(*csv);
  } else {
    for (const Tension* const pair : page->pairs) {
      list.items.push_back(PairObject(now, *pair, writer));
    }
  }
  return Answer(request, std::move(list), "contradictions");
}

Response Contradiction(const Request& request, service::Desk& desk) {
  const auto findings = desk.FindingsNow();
  if (!findings) return server::Problem(findings.error());
  const auto chosen = ChooseFinding(**findings, request.captured.at("id"));
  if (!chosen) return server::Problem(chosen.error());
  const auto& writer = desk.library().Reasons(UiLanguage(request.query));
  if (chosen->pair != nullptr) {
    return Answer(request, PairObject(**findings, *chosen->pair, writer));
  }
  return Answer(request, FindingObject(**findings, *chosen->finding, writer));
}

}  // namespace

void AddContradictions(Endpoints& endpoints) {
  Route list =
      MakeGet("/api/v1/contradictions", "listContradictions",
              "Pairs of pieces of advice that one reader cannot follow both: first the best of "
              "each finding, the most serious first, then the others",
              "ContradictionList", Contradictions);
  list.parameters = FindingParameters();
  list.parameters.insert(list.parameters.end(),
                         {Flag("pairs", "Every pair; false: the best one of each finding", "true"),
                          Limit(100), After("^(f[0-9a-f]{50}|p[0-9a-f]{83})?$"), UiLanguages(),
                          Fields(), Formats({"json", "jsonl", "csv"})});
  endpoints.Add(std::move(list), Depends::kOnVerdicts);

  Route one = MakeGet("/api/v1/contradictions/{id}", "getContradiction",
                      "A pair, or a finding with all its pairs; the id's beginning will do",
                      "ContradictionOrFinding", Contradiction);
  one.parameters = {UiLanguages(), Fields()};
  endpoints.Add(std::move(one), Depends::kOnVerdicts);
}

}  // namespace sakuin::api

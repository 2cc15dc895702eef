#include "query/web/contradictions/case.h"

#include <algorithm>
#include <utility>

namespace sakuin::web {

Result<Case> ReadCase(const View& view, const service::Findings& findings, const std::string& id) {
  Case out;
  out.id = id;
  const auto pair = findings.tension_of.find(id);
  out.is_pair = pair != findings.tension_of.end();
  const std::string& finding_id = out.is_pair ? findings.found.tensions[pair->second].cluster : id;
  const auto finding = findings.finding_of.find(finding_id);
  if (finding == findings.finding_of.end()) {
    return Fail(ErrorCode::kNotFound, "there is no such finding today");
  }
  out.finding = &findings.found.findings[finding->second];
  std::vector<const contradictions::Tension*> tensions;
  for (const std::size_t at : out.finding->tensions) {
    tensions.push_back(&findings.found.tensions[at]);
  }
  if (out.is_pair) {
    const auto at =
        std::find(tensions.begin(), tensions.end(), &findings.found.tensions[pair->second]);
    if (at != tensions.end()) std::rotate(tensions.begin(), at, at + 1);
  }
  out.shown = tensions.front();
  contradictions::Originals originals(view.desk.reader());
  const contradictions::ReportBuilder builder(view.desk.library().Reasons(view.ui), *findings.list,
                                              &originals);
  auto report = builder.Build(*out.finding, tensions, false);
  if (!report) return Pass(report);
  out.report = std::move(*report);
  return out;
}

Neighbours NeighboursOf(const service::Findings& findings,
                        const std::vector<contradictions::SelectedFinding>& list,
                        const contradictions::Finding& finding) {
  const contradictions::Finding* const first = findings.found.findings.data();
  const auto at = std::lower_bound(
      list.begin(), list.end(), &finding,
      [first](const contradictions::SelectedFinding& one, const contradictions::Finding* wanted) {
        return one.finding - first < wanted - first;
      });
  Neighbours out;
  out.all = list.size();
  auto next = at;
  if (at != list.end() && at->finding == &finding) {
    out.place = static_cast<std::size_t>(at - list.begin()) + 1;
    ++next;
  }
  if (next != list.end()) out.next = next->finding;
  if (at != list.begin()) out.previous = std::prev(at)->finding;
  return out;
}

}  // namespace sakuin::web

#include "query/contradictions/reports/report.h"

#include <set>
#include <utility>

namespace sakuin::contradictions {

Result<ReportSide> ReportBuilder::Side(std::size_t witness) const {
  ReportSide out;
  out.record = &list_.records[witness];
  if (originals_ == nullptr) return out;
  auto original = originals_->Of(*out.record);
  if (!original) return Pass(original);
  out.original = std::move(*original);
  return out;
}

void ReportBuilder::AddWitnesses(const std::vector<const Tension*>& tensions, bool first,
                                 std::vector<const store::AdviceRecord*>& out) const {
  std::set<std::string> sources;
  for (const Tension* const t : tensions) {
    const std::size_t witness = first ? t->a : t->b;
    if (!sources.insert(list_.witnesses[witness].source).second) continue;
    out.push_back(&list_.records[witness]);
  }
}

Result<ReportFinding> ReportBuilder::Build(const Finding& finding,
                                           const std::vector<const Tension*>& tensions,
                                           bool all) const {
  ReportFinding out;
  out.finding = &finding;
  for (const Tension* const t : tensions) {
    auto a = Side(t->a);
    if (!a) return Pass(a);
    auto b = Side(t->b);
    if (!b) return Pass(b);
    Reason reason = writer_.Write(*t, *a->record, *b->record);
    out.pairs.push_back({t, std::move(*a), std::move(*b), std::move(reason),
                         decision_ ? decision_(*t) : Decision()});
    if (!all) break;
  }
  AddWitnesses(tensions, true, out.for_it);
  AddWitnesses(tensions, false, out.against_it);
  return out;
}

std::string PathText(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& step : path) out += (out.empty() ? "" : " > ") + step;
  return out;
}

}  // namespace sakuin::contradictions

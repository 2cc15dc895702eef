#include "query/contradictions/reports/report.h"

#include <set>
#include <utility>

#include "query/contradictions/decisions/states.h"

namespace sakuin::contradictions {

Result<ReportSide> ReportBuilder::Side(std::size_t witness) const {
  ReportSide out;
  const auto record = list_.records.Get(witness);
  if (!record) return Pass(record);
  out.record = *record;
  if (originals_ == nullptr) return out;
  auto original = originals_->Of(*out.record);
  if (!original) return Pass(original);
  out.original = std::move(*original);
  return out;
}

Status ReportBuilder::AddWitnesses(const std::vector<const Tension*>& tensions, bool first,
                                   std::vector<const store::AdviceRecord*>& out) const {
  std::set<std::string> sources;
  for (const Tension* const t : tensions) {
    const std::size_t witness = first ? t->a : t->b;
    if (!sources.insert(list_.witnesses[witness].source).second) continue;
    const auto record = list_.records.Get(witness);
    if (!record) return Pass(record);
    out.push_back(*record);
  }
  return {};
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
    Decided decided;
    if (t->decided) decided = *t->decided;
    decided.state = StateOf(*t);
    out.pairs.push_back(
        {t, std::move(*a), std::move(*b), std::move(reason), std::move(decided), DecisionText(*t)});
    if (!all) break;
  }
  Status done = AddWitnesses(tensions, true, out.for_it);
  if (done) done = AddWitnesses(tensions, false, out.against_it);
  if (!done) return Pass(done);
  return out;
}

std::string PathText(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& step : path) out += (out.empty() ? "" : " > ") + step;
  return out;
}

}  // namespace sakuin::contradictions

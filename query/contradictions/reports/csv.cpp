#include "indexer/base/csv.h"

#include <fmt/format.h>

#include "query/contradictions/advice_json.h"
#include "query/contradictions/reports/report.h"

namespace sakuin::contradictions {
namespace {

constexpr const char* kPairColumns[] = {"finding",  "id",         "kind",      "code",
                                        "severity", "score",      "action",    "condition",
                                        "state",    "articles_a", "articles_b"};
constexpr const char* kSideColumns[] = {"section", "uri",    "title",    "language", "path",
                                        "action",  "stance", "strength", "when",     "conditions",
                                        "quote",   "begin",  "end",      "cues"};

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

class CsvReport : public ReportFormat {
 public:
  explicit CsvReport(bool bom) : bom_(bom) {}

  std::string Head(const ReportHead&) override {
    std::vector<std::string> names(std::begin(kPairColumns), std::end(kPairColumns));
    for (const char* side : {"a_", "b_"}) {
      for (const char* column : kSideColumns) names.push_back(std::string(side) + column);
    }
    names.emplace_back("explanation");
    return (bom_ ? "\xEF\xBB\xBF" : "") + CsvLine(names);
  }

  std::string Finding(const ReportFinding& finding) override {
    std::string out;
    for (const ReportPair& pair : finding.pairs) {
      const Tension& t = *pair.tension;
      std::vector<std::string> row{t.cluster,
                                   t.id,
                                   std::string(kKinds[static_cast<std::size_t>(t.kind)]),
                                   t.code,
                                   std::string(kSeverities[static_cast<std::size_t>(t.severity)]),
                                   fmt::format("{:.4f}", t.score),
                                   t.action,
                                   t.condition,
                                   pair.decision.state,
                                   std::to_string(finding.finding->sources_for),
                                   std::to_string(finding.finding->sources_against)};
      for (const ReportSide* side : {&pair.a, &pair.b}) Add(*side->record, row);
      row.push_back(pair.reason.Text());
      out += CsvLine(row);
    }
    return out;
  }

  std::string Tail() override { return ""; }

 private:
  static void Add(const store::AdviceRecord& record, std::vector<std::string>& row) {
    const model::Advice& a = record.advice;
    const std::string polarity =
        a.stance == model::Stance::kConditional ? (a.for_it ? " for" : " against") : "";
    for (std::string& field : std::vector<std::string>{
             record.SectionId(), record.uri, record.title, record.language, PathText(record.path),
             a.action, std::string(model::kStances[static_cast<std::size_t>(a.stance)]) + polarity,
             std::string(model::kStrengths[static_cast<std::size_t>(a.strength)]), MeasuresText(a),
             Joined(a.conditions), record.quote, std::to_string(record.source.begin),
             std::to_string(record.source.end), Joined(a.cues)}) {
      row.push_back(std::move(field));
    }
  }

  bool bom_;
};

}  // namespace

std::unique_ptr<ReportFormat> MakeCsvReport(bool bom) { return std::make_unique<CsvReport>(bom); }

}  // namespace sakuin::contradictions

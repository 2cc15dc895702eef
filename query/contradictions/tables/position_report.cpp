#include "query/contradictions/tables/position_report.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/base/csv.h"
#include "query/contradictions/advice_json.h"
#include "query/contradictions/compare.h"

namespace sakuin::contradictions {
namespace {

using nlohmann::ordered_json;
using store::AdviceRecord;

constexpr const char* kAxes[] = {"window", "dose", "phase", "population"};

ordered_json PositionObject(const ReasonWriter& writer, const std::vector<AdviceRecord>& records,
                            const TablePosition& position) {
  const model::Advice& first = records[position.advice[0]].advice;
  ordered_json out{{"direction", IsFor(first) ? "for" : "against"},
                   {"articles", position.articles},
                   {"conditions", position.conditions}};
  const std::string measures = WhenAndHow(writer, first);
  if (!measures.empty()) out["when_and_how"] = measures;
  out["advice"] = ordered_json::array();
  for (const std::size_t i : position.advice) out["advice"].push_back(AdviceObject(records[i]));
  return out;
}

}  // namespace

std::string WhenAndHow(const ReasonWriter& writer, const model::Advice& advice) {
  std::vector<std::string> parts;
  for (const char* const axis : kAxes) {
    std::string value = writer.Value(axis, advice);
    if (!value.empty()) parts.push_back(std::move(value));
  }
  return writer.phrases().Join(parts, "list.details", "list.details");
}

std::string LimitedStance(const model::Advice& a) {
  std::string out(model::kStances[static_cast<std::size_t>(a.stance)]);
  if (a.qualifier != model::Qualifier::kNone) {
    out += ", ";
    out += model::kQualifiers[static_cast<std::size_t>(a.qualifier)];
  }
  return out;
}

ordered_json PositionsObject(const ReasonWriter& writer, const std::vector<std::string>& conditions,
                             const std::vector<AdviceRecord>& records,
                             const std::vector<TableAction>& table) {
  ordered_json actions = ordered_json::array();
  for (const TableAction& action : table) {
    ordered_json positions = ordered_json::array();
    for (const TablePosition& position : action.positions) {
      positions.push_back(PositionObject(writer, records, position));
    }
    actions.push_back({{"action", action.action},
                       {"label", writer.Label(action.action)},
                       {"for", action.articles_for},
                       {"against", action.articles_against},
                       {"positions", std::move(positions)}});
  }
  return {{"conditions", conditions}, {"total", records.size()}, {"actions", std::move(actions)}};
}

std::string PositionsCsv(const ReasonWriter& writer, const std::vector<AdviceRecord>& records,
                         const std::vector<TableAction>& table) {
  std::string out =
      "action,direction,stance,strength,when_and_how,position_articles,articles_for,"
      "articles_against,conditions,language,section,uri,title,quote\n";
  for (const TableAction& action : table) {
    for (const TablePosition& position : action.positions) {
      for (const std::size_t i : position.advice) {
        const AdviceRecord& record = records[i];
        const model::Advice& a = record.advice;
        std::string conditions;
        for (const std::string& id : a.conditions)
          conditions += (conditions.empty() ? "" : " ") + id;
        out += CsvLine({a.action, IsFor(a) ? "for" : "against", LimitedStance(a),
                        std::string(model::kStrengths[static_cast<std::size_t>(a.strength)]),
                        WhenAndHow(writer, a), std::to_string(position.articles),
                        std::to_string(action.articles_for),
                        std::to_string(action.articles_against), conditions, record.language,
                        record.SectionId(), record.uri, record.title, record.quote});
      }
    }
  }
  return out;
}

}  // namespace sakuin::contradictions

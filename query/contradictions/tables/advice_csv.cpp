#include "query/contradictions/tables/advice_csv.h"

#include <vector>

#include "indexer/base/csv.h"
#include "query/contradictions/advice_json.h"

namespace sakuin::contradictions {
namespace {

std::string Joined(const std::vector<std::string>& words, const char* between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

}  // namespace

std::string AdviceCsvHead() {
  return "id,section,uri,language,action,stance,strength,conditions,when,quote,cues\n";
}

std::string AdviceCsvRow(const store::AdviceRecord& record) {
  const model::Advice& a = record.advice;
  return CsvLine({a.id, record.SectionId(), record.uri, record.language, a.action,
                  std::string(model::kStances[static_cast<std::size_t>(a.stance)]),
                  std::string(model::kStrengths[static_cast<std::size_t>(a.strength)]),
                  Joined(a.conditions, ", "), MeasuresText(a), record.quote, Joined(a.cues, " ")});
}

}  // namespace sakuin::contradictions

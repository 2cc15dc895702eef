#include "query/contradictions/witnesses.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/model/duplicates.h"
#include "indexer/text/char_class.h"
#include "query/contradictions/advice_json.h"

namespace sakuin::contradictions {
namespace {

// Without marks and blanks, so that a comma more is not another sentence.
std::string BareFold(const std::string& quote, const text::Folding& folding) {
  std::u32string out = folding.Fold(quote).chars;
  std::erase_if(out, [](char32_t c) { return text::ClassOf(c) == text::CharClass::kSeparator; });
  return utf8::Encode(out);
}

std::string_view NameOf(Agreement agreement) {
  return kAgreements[static_cast<std::size_t>(agreement)];
}

void PutDecided(const Tension& t, nlohmann::ordered_json& out) {
  out["state"] = t.decided ? t.decided->state : "open";
  if (!t.decided) return;
  const Decided& d = *t.decided;
  const auto put = [&out](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  if (d.state != d.verdict) out["verdict"] = d.verdict;
  put("review_reason", d.reason);
  put("note", d.note);
  put("reviewed_by", d.by);
  put("reviewed_at", d.at);
  put("reviewed_a", d.quote_a);
  put("reviewed_b", d.quote_b);
}

constexpr std::pair<const char*, Agreement Axes::*> kAxes[] = {{"condition", &Axes::condition},
                                                               {"phase", &Axes::phase},
                                                               {"population", &Axes::population},
                                                               {"window", &Axes::window},
                                                               {"dose", &Axes::dose}};

}  // namespace

Witness WitnessOf(const store::AdviceRecord& record, const std::string& source,
                  const text::Folding& folding) {
  Witness one;
  one.advice = record.advice;
  one.id = record.advice.id;
  one.document_id = record.document_id;
  one.section_id = record.SectionId();
  one.source = source;
  one.language = record.language;
  one.folded_quote = BareFold(record.quote, folding);
  return one;
}

Result<WitnessList> ReadWitnesses(store::IndexReader& reader, const text::Folding& folding,
                                  const store::AdviceQuery& query) {
  const auto representatives = reader.ReadRepresentatives();
  if (!representatives) return Pass(representatives);
  WitnessList out;
  const auto page = reader.ForEachAdvice(query, [&](store::AdviceRecord record) {
    const std::string& source = model::SourceOf(*representatives, record.document_id);
    out.witnesses.push_back(WitnessOf(record, source, folding));
    out.records.push_back(std::move(record));
    return true;
  });
  if (!page) return Pass(page);
  return out;
}

nlohmann::ordered_json TensionObject(const Tension& t, const WitnessList& list,
                                     const std::string& explanation) {
  nlohmann::ordered_json out{{"id", t.id},
                             {"cluster", t.cluster},
                             {"kind", kKinds[static_cast<std::size_t>(t.kind)]},
                             {"code", t.code},
                             {"severity", kSeverities[static_cast<std::size_t>(t.severity)]},
                             {"score", t.score},
                             {"action", t.action}};
  if (!t.condition.empty()) out["condition"] = t.condition;
  out["a"] = AdviceObject(list.records[t.a]);
  out["b"] = AdviceObject(list.records[t.b]);
  for (const auto& [name, axis] : kAxes) out["axes"][name] = NameOf(t.axes.*axis);
  out["explanation"] = explanation.empty() ? Explanation(t) : explanation;
  out["steps"] = t.steps;
  PutDecided(t, out);
  return out;
}

std::string Explanation(const Tension& t) {
  std::string out;
  for (const auto& [name, axis] : kAxes) {
    out += (out.empty() ? "" : ", ") + std::string(name) + " " + std::string(NameOf(t.axes.*axis));
  }
  out += "; score";
  for (std::size_t i = 0; i < t.steps.size(); ++i) out += (i == 0 ? " " : ", ") + t.steps[i];
  return out;
}

}  // namespace sakuin::contradictions

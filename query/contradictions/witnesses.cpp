#include "query/contradictions/witnesses.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/model/duplicates.h"
#include "indexer/store/finding_index.h"
#include "indexer/text/char_class.h"
#include "query/contradictions/advice_json.h"

namespace sakuin::contradictions {
namespace {

std::string_view AgreementName(Agreement agreement) {
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

constexpr std::pair<const char*, Agreement Axes::*> kNamedAxes[] = {
    {"condition", &Axes::condition},
    {"phase", &Axes::phase},
    {"population", &Axes::population},
    {"window", &Axes::window},
    {"dose", &Axes::dose}};

}  // namespace

std::string BareFold(const std::string& quote, const text::Folding& folding) {
  std::u32string out = folding.Fold(quote).chars;
  std::erase_if(out, [](char32_t c) { return text::ClassOf(c) == text::CharClass::kSeparator; });
  return utf8::Encode(out);
}

namespace {

// What it says, without what is of its place and name alone.
model::Advice StatedIn(model::Advice advice) {
  advice.id.clear();
  advice.quote_key.clear();
  advice.cues.clear();
  advice.quote = advice.action_words = {};
  advice.when.reset();
  advice.reason.reset();
  advice.speaker = -1;
  return advice;
}

}  // namespace

Witness WitnessOf(const store::AdviceRecord& record, const std::string& source,
                  const text::Folding& folding) {
  Witness one;
  one.advice = StatedIn(record.advice);
  one.id = record.advice.id;
  one.quote_key = store::IdToNumber(record.advice.quote_key);
  one.quote_begin = static_cast<std::uint32_t>(record.advice.quote.begin);
  one.document_id = record.document_id;
  one.section_id = record.SectionId();
  one.source = source;
  one.language = record.language;
  one.folded_quote = BareFold(record.quote, folding);
  return one;
}

namespace {

// Equal texts of neighbours are held once.
void Share(const Witness& before, Witness& one) {
  for (SharedText Witness::*const part :
       {&Witness::document_id, &Witness::section_id, &Witness::source, &Witness::language}) {
    if (one.*part == before.*part) one.*part = before.*part;
  }
  if (one.source == one.document_id) one.source = one.document_id;
}

Result<std::vector<Witness>> Read(
    store::IndexReader& reader, const text::Folding& folding, const store::AdviceQuery& query,
    const std::function<void(store::AdviceRecord, const std::string& id)>& take) {
  const auto representatives = reader.ReadRepresentatives();
  if (!representatives) return Pass(representatives);
  std::vector<Witness> out;
  AdvicePool pool;
  std::unordered_map<std::uint64_t, SharedText> quotes;  // many say it in the same words
  const auto page = reader.ForEachAdvice(query, [&](store::AdviceRecord record) {
    const std::string& source = model::SourceOf(*representatives, record.document_id);
    out.push_back(WitnessOf(record, source, folding));
    out.back().advice = pool.Of(*out.back().advice);
    SharedText& quote = quotes[out.back().quote_key];
    if (quote != out.back().folded_quote) quote = out.back().folded_quote;
    out.back().folded_quote = quote;
    Share(out.size() > 1 ? out[out.size() - 2] : Witness(), out.back());
    take(std::move(record), out.back().id);
    return true;
  });
  if (!page) return Pass(page);
  out.shrink_to_fit();  // they are kept for long
  return out;
}

}  // namespace

Result<WitnessList> ReadWitnesses(store::IndexReader& reader, const text::Folding& folding,
                                  const store::AdviceQuery& query) {
  WitnessList out;
  auto read = Read(reader, folding, query, [&out](store::AdviceRecord record, const std::string&) {
    out.records.push_back(std::move(record));
  });
  if (!read) return Pass(read);
  out.witnesses = std::move(*read);
  return out;
}

Result<WitnessList> ReadWitnesses(std::shared_ptr<store::IndexReader> reader,
                                  const text::Folding& folding, const store::AdviceQuery& query) {
  WitnessList out;
  out.records = RecordList(reader);
  auto read = Read(
      *reader, folding, query,
      [&out](const store::AdviceRecord&, const std::string& id) { out.records.push_back_id(id); });
  if (!read) return Pass(read);
  out.witnesses = std::move(*read);
  return out;
}

std::vector<std::string> StepsOf(const Tension& tension) {
  std::vector<std::string> out;
  for (std::string_view all = tension.steps.str(); !all.empty();) {
    const std::size_t end = std::min(all.find("; "), all.size());
    out.emplace_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 2, all.size()));
  }
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
  for (const auto& [name, axis] : kNamedAxes) out["axes"][name] = AgreementName(t.axes.*axis);
  out["explanation"] = explanation.empty() ? Explanation(t) : explanation;
  out["steps"] = StepsOf(t);
  PutDecided(t, out);
  return out;
}

std::string Explanation(const Tension& t) {
  std::string out;
  for (const auto& [name, axis] : kNamedAxes) {
    out += (out.empty() ? "" : ", ") + std::string(name) + " " +
           std::string(AgreementName(t.axes.*axis));
  }
  out += "; score";
  const auto steps = StepsOf(t);
  for (std::size_t i = 0; i < steps.size(); ++i) out += (i == 0 ? " " : ", ") + steps[i];
  return out;
}

}  // namespace sakuin::contradictions

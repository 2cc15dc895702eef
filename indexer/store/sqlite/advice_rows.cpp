#include "indexer/store/sqlite/advice_rows.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "indexer/base/json_text.h"
#include "indexer/store/sqlite/rows.h"

namespace sakuin::store {
namespace {

using nlohmann::json;

template <typename Enum, std::size_t N>
std::string_view NameOf(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// What is not among the names is the first of them.
template <typename Enum, std::size_t N>
Enum Named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? Enum{} : static_cast<Enum>(found - names.begin());
}

json Number(const std::optional<double>& value) { return value ? json(*value) : json(); }

std::optional<double> Number(const json& value) {
  return value.is_number() ? std::optional<double>(value.get<double>()) : std::nullopt;
}

std::string DoseToJson(const std::vector<model::DoseRange>& dose) {
  if (dose.empty()) return {};
  json out = json::object();
  for (const model::DoseRange& range : dose) {
    out[std::string(NameOf(model::kDoseParts, range.part))] = {Number(range.low),
                                                               Number(range.high)};
  }
  return JsonText(out);
}

std::vector<model::DoseRange> DoseFromJson(std::string_view text) {
  std::vector<model::DoseRange> out;
  const json parsed = ParseJson(text);
  if (!parsed.is_object()) return out;
  for (const std::string_view name : model::kDoseParts) {
    const auto range = parsed.find(std::string(name));
    if (range == parsed.end() || !range->is_array() || range->size() != 2) continue;
    out.push_back({Named<model::DosePart>(model::kDoseParts, name), Number((*range)[0]),
                   Number((*range)[1])});
  }
  return out;
}

std::string DetailsOf(const model::Advice& advice) {
  json out = json::object();
  const auto span = [&out](const char* key, const model::Span& value) {
    if (value.begin < value.end) out[key] = {value.begin, value.end};
  };
  const auto from = [&out](const char* key, model::StatedIn value) {
    if (value != model::StatedIn::kNowhere) out[key] = NameOf(model::kStatedIn, value);
  };
  span("action", advice.action_words);
  if (advice.when) span("when", *advice.when);
  if (advice.reason) span("reason", *advice.reason);
  from("conditions_from", advice.conditions_from);
  from("phase_from", advice.phase_from);
  from("window_from", advice.window_from);
  if (advice.window && advice.window->approximate) out["approximate"] = true;
  return JsonText(out);
}

void ReadDetails(std::string_view text, model::Advice& out) {
  const json parsed = ParseJson(text);
  if (!parsed.is_object()) return;
  const auto span = [&parsed](const char* key) -> std::optional<model::Span> {
    const json value = parsed.value(key, json());
    if (!value.is_array() || value.size() != 2 || !value[0].is_number_unsigned() ||
        !value[1].is_number_unsigned()) {
      return std::nullopt;
    }
    return model::Span{value[0].get<std::uint32_t>(), value[1].get<std::uint32_t>()};
  };
  const auto from = [&parsed](const char* key) {
    const json value = parsed.value(key, json());
    return Named<model::StatedIn>(model::kStatedIn,
                                  value.is_string() ? value.get<std::string>() : std::string());
  };
  out.action_words = span("action").value_or(model::Span{});
  out.when = span("when");
  out.reason = span("reason");
  out.conditions_from = from("conditions_from");
  out.phase_from = from("phase_from");
  out.window_from = from("window_from");
  if (out.window) out.window->approximate = parsed.value("approximate", json()) == true;
}

// Columns as in the statements read_advice and read_one_advice.
model::Advice FromRow(const Statement& s) {
  model::Advice out;
  out.id = s.Copy(1);
  out.action = s.Copy(2);
  out.stance = Named<model::Stance>(model::kStances, s.Text(3));
  out.for_it = s.Int(4) != 0;
  out.strength = Named<model::Strength>(model::kStrengths, s.Text(5));
  out.phase = Named<model::Phase>(model::kPhases, s.Text(6));
  out.population = s.Copy(7);
  if (!s.IsNull(10)) {
    model::Window& window = out.window.emplace();
    if (!s.IsNull(8)) window.from_hours = s.Real(8);
    if (!s.IsNull(9)) window.to_hours = s.Real(9);
    window.anchor = Named<model::Anchor>(model::kAnchors, s.Text(10));
  }
  out.dose = DoseFromJson(s.Text(11));
  out.qualifier = Named<model::Qualifier>(model::kQualifiers, s.Text(12));
  out.attribution = Named<model::Attribution>(model::kAttributions, s.Text(13));
  out.implicit = s.Int(14) != 0;
  out.speaker = static_cast<int>(s.Int(15));
  out.in_heading = s.Int(16) != 0;
  out.quote = {static_cast<std::uint32_t>(s.Int(17)), static_cast<std::uint32_t>(s.Int(18))};
  out.quote_key = s.Copy(19);
  out.cues = StringsFromJson(s.Text(20));
  ReadDetails(s.Text(21), out);
  return out;
}

}  // namespace

Status AdviceRows::Add(SectionKey section, const std::vector<model::Advice>& advice) {
  for (std::size_t i = 0; i < advice.size(); ++i) {
    const model::Advice& a = advice[i];
    const bool timed = a.window.has_value();
    const auto insert = sql_.Get("insert_advice");
    if (!insert) return Pass(insert);
    const std::optional<double> none;
    const std::string_view anchor = timed ? NameOf(model::kAnchors, a.window->anchor) : "";
    Status done = (*insert)->Run(
        a.id, section, std::uint64_t{i}, a.action, NameOf(model::kStances, a.stance), int{a.for_it},
        NameOf(model::kStrengths, a.strength), NameOf(model::kPhases, a.phase), a.population,
        timed ? a.window->from_hours : none, timed ? a.window->to_hours : none,
        timed ? std::optional<std::string_view>(anchor) : std::nullopt, DoseToJson(a.dose),
        NameOf(model::kQualifiers, a.qualifier), NameOf(model::kAttributions, a.attribution),
        int{a.implicit}, a.speaker, int{a.in_heading}, a.quote.begin, a.quote.end, a.quote_key,
        StringsToJson(a.cues), DetailsOf(a));
    const std::int64_t number = sql_.LastRow();
    for (std::size_t k = 0; done && k < a.conditions.size(); ++k) {
      done =
          sql_.Run("insert_advice_condition", number, std::uint64_t{k}, a.conditions[k], a.action);
    }
    if (!done) return done;
  }
  return {};
}

Status AdviceRows::Remove(SectionKey section) {
  const Status done = sql_.Run("delete_advice_conditions", section);
  return done ? sql_.Run("delete_advice", section) : done;
}

Result<std::vector<model::Advice>> AdviceRows::Read(SectionKey section) {
  const auto rows = sql_.Get("read_advice");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(section);
  std::vector<model::Advice> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(FromRow(s));
    if (const Status done = ReadConditions(s.Int(0), out.back()); !done) return Pass(done);
  }
}

Status AdviceRows::ReadConditions(std::int64_t number, model::Advice& out) {
  const auto rows = sql_.Get("read_advice_conditions");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(number);
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return {};
    out.conditions.push_back(s.Copy(0));
  }
}

struct AdviceRows::Place {
  SectionKey key = -1;
  AdviceRecord record;     // without its advice
  model::Section section;  // heading, text, maps, speakers
};

Status AdviceRows::ReadPlace(SectionKey section, Place& out) {
  if (out.key == section) return {};
  const auto rows = sql_.Get("read_advice_place");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(section);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "advice has lost its section; run `sakuin verify`");
  out = {};
  out.key = section;
  AdviceRecord& record = out.record;
  record.document_id = s.Copy(0);
  record.uri = s.Copy(1);
  record.title = s.Copy(2);
  record.site = s.Copy(4);
  record.published = s.Copy(5);
  record.section = static_cast<std::uint32_t>(s.Int(6));
  record.path = StringsFromJson(s.Text(8));
  record.language = s.Text(9).empty() ? s.Copy(3) : s.Copy(9);
  out.section.heading = s.Copy(7);
  out.section.text = s.Copy(10);
  out.section.heading_map = model::SourceMap::Decode(s.Copy(11));
  out.section.text_map = model::SourceMap::Decode(s.Copy(12));
  DetailsFromJson(s.Text(13), out.section);
  s.Reset();
  return {};
}

Result<AdviceRecord> AdviceRows::ReadOne(std::int64_t number, const Place& place) {
  const auto rows = sql_.Get("read_one_advice");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind(number).Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a piece of advice is gone; run `sakuin verify`");
  AdviceRecord out = place.record;
  model::Advice& a = out.advice;
  a = FromRow(**rows);
  (*rows)->Reset();
  if (const Status done = ReadConditions(number, a); !done) return Pass(done);
  FillWords(place.section, out);
  return out;
}

Result<AdviceRecord> AdviceRows::Find(const std::string& id) {
  const auto rows = sql_.Get("find_advice");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind(id).Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kNotFound, "no advice has the id '" + id + "' any more");
  const std::int64_t number = (*rows)->Int(0);
  const SectionKey section = (*rows)->Int(1);
  (*rows)->Reset();
  Place place;
  if (const Status done = ReadPlace(section, place); !done) return Pass(done);
  return ReadOne(number, place);
}

Result<AdvicePage> AdviceRows::ForEach(const AdviceQuery& query,
                                       const std::function<bool(AdviceRecord)>& visit) {
  const bool chosen = !query.actions.empty() || !query.conditions.empty();
  const auto rows = sql_.Get(chosen ? "chosen_advice" : "all_advice");
  if (!rows) return Pass(rows);
  const auto list = [](const std::vector<std::string>& values) { return StringsToJson(values); };
  // While this is under way, the statements below read the same snapshot.
  Statement& s = (*rows)->Bind(list(query.actions), list(query.conditions), list(query.stances),
                               list(query.languages), list(query.sites), list(query.aspects),
                               query.document, query.section, int{query.misconceptions});
  AdvicePage out;
  Place place;
  bool wanted = query.after.empty();
  bool reached = wanted;
  std::int64_t read = 0;
  std::string last;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) break;
    ++out.total;
    if (!reached) {
      reached = wanted = s.Text(1) == query.after;
      continue;
    }
    if (!wanted) continue;
    if (query.limit >= 0 && read == query.limit) {
      out.next = last;
      wanted = false;
      continue;
    }
    Status done = ReadPlace(s.Int(2), place);
    auto record = done ? ReadOne(s.Int(0), place) : Result<AdviceRecord>(Pass(done));
    if (!record) {
      s.Reset();
      return Pass(record);
    }
    ++read;
    last = record->advice.id;
    wanted = visit(std::move(*record));
  }
  if (reached) return out;
  return Fail(ErrorCode::kNotFound, "no advice that is asked for has the id '" + query.after +
                                        "'; begin without --after");
}

}  // namespace sakuin::store

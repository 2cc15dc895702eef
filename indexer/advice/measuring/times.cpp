#include "indexer/advice/measuring/times.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "indexer/advice/measuring/time_row.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::advice {
namespace {

struct Table {
  std::string language;
  Numerals numerals;
  std::vector<TimeRow> rows;
  EventWords events;
  std::unordered_map<char32_t, std::vector<std::size_t>>
      by_first;                        // rows that may begin so, in order
  std::vector<std::size_t> by_number;  // rows that may begin with a number
};

// What a row may begin with: of its first element, and of the next ones while these may be empty.
void Index(Table& table, std::size_t at) {
  const auto add = [&](char32_t c) {
    std::vector<std::size_t>& rows = table.by_first[c];
    if (rows.empty() || rows.back() != at) rows.push_back(at);
  };
  for (const TimeElement& element : table.rows[at].elements) {
    bool may_be_empty = element.optional;
    if (element.kind == TimeElement::Kind::kWords) {
      for (const std::u32string& word : element.words) {
        if (word.empty()) may_be_empty = true;
        if (!word.empty()) add(word[0]);
      }
    } else if (element.kind == TimeElement::Kind::kEvent) {
      for (const auto& [first, words] : table.events) add(first);
    } else {
      table.by_number.push_back(at);
    }
    if (!may_be_empty) return;
  }
}

model::DoseRange DoseOf(const TimeValue& value, const Quantity* number) {
  model::DoseRange out;
  out.part = value.part;
  double low = number == nullptr ? value.constant : number->low;
  double high = number == nullptr ? value.constant : number->high;
  if (number != nullptr && number->unit) {
    const bool seconds = value.part == model::DosePart::kHoldSeconds ||
                         (value.is_duration && number->unit == TimeUnit::kSecond);
    if (value.is_duration) {
      out.part = seconds ? model::DosePart::kDurationSeconds : model::DosePart::kDurationMinutes;
    }
    const double factor = HoursOf(*number->unit) * (seconds ? 3600 : 60);
    low = std::round(low * factor * 1000) / 1000;
    high = std::round(high * factor * 1000) / 1000;
  }
  if (value.bound != '<') out.low = low;
  if (value.bound != '>') out.high = high;
  return out;
}

// Nobody takes a thing twenty times a day: these are repetitions, once a day.
constexpr double kMostTimesADay = 8;

void AddDose(model::DoseRange dose, TimeExpression& out) {
  if (dose.part == model::DosePart::kPerDay && dose.low.value_or(0) > kMostTimesADay) {
    dose.part = model::DosePart::kRepetitions;
    out.dose.push_back(dose);
    dose = {model::DosePart::kPerDay, 1, 1};
  }
  out.dose.push_back(dose);
}

double HoursAt(const TimeValue& value, const Quantity* number) {
  if (number == nullptr) return value.constant;
  const bool is_from = value.target == TimeValue::Target::kFrom;
  double amount = is_from ? number->low : number->high;
  if (value.negative) amount = -number->high;
  if (value.ordinal && is_from) amount -= 1;
  const double hours = HoursOf(number->unit.value_or(value.ordinal.value_or(TimeUnit::kDay)));
  return std::round(amount * hours * 1e6) / 1e6;
}

TimeExpression Make(const TimeRow& row, const TimeMatch& match, std::size_t begin) {
  TimeExpression out;
  out.begin = begin;
  out.end = match.end;
  out.rule = row.id;
  out.seeks = row.kind == "seek";
  out.turns = row.kind == "then";
  // With an event, or in hours, it is the time since then and no course of treatment.
  out.spans = row.spans && !match.anchor && !match.numbers.empty() &&
              match.numbers[0].unit >= TimeUnit::kDay;
  for (const TimeValue& value : row.values) {
    const Quantity* const number = value.number == 0 ? nullptr : &match.numbers[value.number - 1];
    if (value.target == TimeValue::Target::kPhase) {
      out.phase = value.phase;
    } else if (value.target == TimeValue::Target::kDose) {
      AddDose(DoseOf(value, number), out);
    } else {
      if (!out.window) out.window.emplace();
      out.window->anchor = match.anchor.value_or(row.anchor);
      auto& side =
          value.target == TimeValue::Target::kFrom ? out.window->from_hours : out.window->to_hours;
      side = HoursAt(value, number);
      out.window->approximate |= row.approximate || (number != nullptr && number->approximate);
    }
  }
  return out;
}

constexpr double kShortestCourse = 12;  // hours

struct Best {
  const TimeRow* row = nullptr;
  TimeMatch match;
};

void Try(const Table& table, const std::vector<std::size_t>& rows, NumberReader& numbers,
         std::size_t at, Best& best) {
  for (const std::size_t place : rows) {
    const TimeRow& row = table.rows[place];
    auto match = MatchRow(row, numbers, table.events, at);
    if (!match || match->end == at) continue;
    if (row.course && match->numbers[0].HighHours() < kShortestCourse) continue;
    const bool longer = best.row == nullptr || match->end > best.match.end;
    const bool first = best.row != nullptr && match->end == best.match.end && &row < best.row;
    if (longer || first) best = {&row, std::move(*match)};
  }
}

Result<Table> LoadTable(const std::string& folder, const text::Folding& folding) {
  Table table;
  auto numerals = Numerals::Load(folder + "/numerals.tsv", folding);
  if (!numerals) return Pass(numerals);
  table.numerals = std::move(*numerals);
  const auto rows = ReadTsv(folder + "/advice_times.tsv", 10, 10);
  if (!rows) return Pass(rows);
  for (const TsvRow& fields : *rows) {
    auto row = ReadTimeRow(fields, folding);
    if (!row) return Pass(row);
    if (row->kind != "event") {
      table.rows.push_back(std::move(*row));
      continue;
    }
    for (const std::u32string& word : row->elements[0].words) {
      table.events[word[0]].push_back({word, row->anchor});
    }
  }
  for (auto& [first, words] : table.events) {
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
  }
  for (std::size_t i = 0; i < table.rows.size(); ++i) Index(table, i);
  return table;
}

std::string Shown(double value) {
  std::string out = std::to_string(value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string Shown(const std::optional<double>& low, const std::optional<double>& high) {
  if (low && high && *low == *high) return Shown(*low);
  return "[" + (low ? Shown(*low) : "") + "," + (high ? Shown(*high) : "") + "]";
}

}  // namespace

struct TimeRules::Impl {
  std::vector<Table> tables;
  std::string digest;
};

Result<TimeRules> TimeRules::Load(const std::string& data_dir, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  std::string digests;
  for (const char* const language : {"zh", "ja", "en"}) {
    const std::string folder = data_dir + "/language/" + language;
    for (const char* const name : {"/numerals.tsv", "/advice_times.tsv"}) {
      const auto bytes = files::Read(folder + name);
      if (!bytes) return Pass(bytes);
      digests += Digest(*bytes);
    }
    auto table = LoadTable(folder, folding);
    if (!table) return Pass(table);
    table->language = language;
    impl->tables.push_back(std::move(*table));
  }
  impl->digest = Digest(digests);
  return TimeRules(std::move(impl));
}

std::vector<TimeExpression> TimeRules::Find(std::string_view language,
                                            std::u32string_view folded) const {
  std::vector<TimeExpression> out;
  for (const Table& table : impl_->tables) {
    if (language.substr(0, 2) != table.language) continue;
    NumberReader numbers(table.numerals, folded);
    for (std::size_t at = 0; at < folded.size();) {
      Best best;
      const auto rows = table.by_first.find(folded[at]);
      if (rows != table.by_first.end()) Try(table, rows->second, numbers, at, best);
      if (table.numerals.MayBegin(folded[at])) Try(table, table.by_number, numbers, at, best);
      if (best.row == nullptr) {
        ++at;
        continue;
      }
      if (best.row->kind != "cover") out.push_back(Make(*best.row, best.match, at));
      at = best.match.end;
    }
  }
  return out;
}

const std::string& TimeRules::digest() const { return impl_->digest; }

std::string Printed(const TimeExpression& one) {
  std::string out;
  const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : "; ") + part; };
  if (one.window) {
    const auto& window = *one.window;
    add(Shown(window.from_hours, window.to_hours) + " " +
        std::string(model::kAnchors.at(static_cast<std::size_t>(window.anchor))) +
        (window.approximate ? " approx" : ""));
  }
  for (const model::DoseRange& dose : one.dose) {
    add(std::string(model::kDoseParts.at(static_cast<std::size_t>(dose.part))) + " " +
        Shown(dose.low, dose.high));
  }
  if (one.phase != model::Phase::kUnstated) {
    add("phase " + std::string(model::kPhases.at(static_cast<std::size_t>(one.phase))));
  }
  if (one.seeks) add("seek");
  if (one.turns) add("then");
  return out;
}

TimeRules::TimeRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TimeRules::TimeRules(TimeRules&&) noexcept = default;
TimeRules& TimeRules::operator=(TimeRules&&) noexcept = default;
TimeRules::~TimeRules() = default;

}  // namespace sakuin::advice

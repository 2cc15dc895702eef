#include "query/contradictions/reasons/amounts.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

namespace sakuin::contradictions {
namespace {

constexpr double kDay = 24;
constexpr double kDaysFrom = 96;  // "72 hours" is how everybody says it
constexpr double kWeek = 168;

bool IsWhole(double number) { return std::abs(number - std::round(number)) < 1e-9; }

std::string RangeInWords(const Phrases& phrases, const std::optional<double>& from,
                         const std::optional<double>& to) {
  const std::string low = from ? NumberInWords(*from) : "";
  const std::string high = to ? NumberInWords(*to) : "";
  if (low == high) return low;
  if (low.empty()) return phrases.Say("range.most", {{"high", high}});
  if (high.empty()) return phrases.Say("range.least", {{"low", low}});
  return phrases.Say("range", {{"low", low}, {"high", high}});
}

// Both ends in the largest unit of which they are whole numbers, two of it at least: 30 minutes, 2
// hours, 2 to 3 days.
std::string SpanInWords(const Phrases& phrases, const model::DoseRange& range, double seconds) {
  constexpr std::pair<const char*, double> kUnits[] = {
      {"unit.day", 86400}, {"unit.hour", 3600}, {"unit.minute", 60}};
  const auto whole = [seconds](const std::optional<double>& end, double unit) {
    return !end || (*end * seconds >= 2 * unit && IsWhole(*end * seconds / unit));
  };
  const char* unit = seconds < 60 ? "unit.second" : "unit.minute";
  double size = seconds;
  for (const auto& [name, length] : kUnits) {
    if (length <= seconds || !whole(range.low, length) || !whole(range.high, length)) continue;
    unit = name;
    size = length;
    break;
  }
  const auto scaled = [&](const std::optional<double>& end) {
    return end ? std::optional(*end * seconds / size) : std::nullopt;
  };
  return phrases.Count(unit, RangeInWords(phrases, scaled(range.low), scaled(range.high)));
}

// Seconds of the part's unit; 0 for what is no time.
double SecondsOf(model::DosePart part) {
  using model::DosePart;
  switch (part) {
    case DosePart::kHoldSeconds:
    case DosePart::kDurationSeconds: return 1;
    case DosePart::kDurationMinutes:
    case DosePart::kEveryMinutes:
    case DosePart::kMinutesPerDay: return 60;
    default: return 0;
  }
}

std::string SignsInWords(const Phrases& phrases, const std::string& from, const std::string& to) {
  if (from.empty()) return phrases.Say("signs.until", {{"to", to}});
  if (to.empty()) return phrases.Say("signs.from", {{"from", from}});
  return phrases.Say("signs.between", {{"from", from}, {"to", to}});
}

}  // namespace

std::string NumberInWords(double number) {
  if (IsWhole(number)) return fmt::format("{:.0f}", std::round(number));
  return fmt::format("{:.1f}", number);
}

std::string HoursInWords(const Phrases& phrases, double hours) {
  const double size = std::abs(hours);
  const auto say = [&phrases](const char* unit, double number) {
    return phrases.Count(unit, NumberInWords(number));
  };
  if (size >= kDaysFrom && IsWhole(size / kWeek)) return say("unit.week", size / kWeek);
  if (size >= kDaysFrom && IsWhole(size / kDay)) return say("unit.day", size / kDay);
  if (size >= 1 || size == 0) return say("unit.hour", size);
  if (size * 60 >= 1) return say("unit.minute", size * 60);
  return say("unit.second", size * 3600);
}

std::string WindowInWords(const Phrases& phrases, const model::Window& window) {
  const double begin = window.from_hours.value_or(0);
  if (window.to_hours && *window.to_hours == 0 && begin >= 0) return phrases.Say("window.at-once");
  const auto words = [&](double hours) {
    const std::string time = HoursInWords(phrases, hours);
    return window.approximate ? phrases.Say("about", {{"time", time}}) : time;
  };
  const std::string anchor = phrases.Say(
      "anchor." + std::string(model::kAnchors[static_cast<std::size_t>(window.anchor)]));
  if (begin < 0) {
    return phrases.Say("window.before", {{"time", words(begin)}, {"anchor", anchor}});
  }
  const std::string from = begin > 0 ? words(begin) : "";
  const std::string to = window.to_hours ? words(*window.to_hours) : "";
  if (from.empty() && to.empty()) return "";
  if (window.anchor == model::Anchor::kSymptomDuration) return SignsInWords(phrases, from, to);
  if (from.empty()) return phrases.Say("window.until", {{"to", to}, {"anchor", anchor}});
  if (to.empty()) return phrases.Say("window.from", {{"from", from}, {"anchor", anchor}});
  return phrases.Say("window.between", {{"from", from}, {"to", to}, {"anchor", anchor}});
}

std::string DoseInWords(const Phrases& phrases, const std::vector<model::DoseRange>& dose) {
  std::vector<std::string> parts;
  for (const model::DoseRange& range : dose) {
    const std::string part(model::kDoseParts[static_cast<std::size_t>(range.part)]);
    const double seconds = SecondsOf(range.part);
    parts.push_back(
        seconds > 0 ? phrases.Say("dose." + part, {{"time", SpanInWords(phrases, range, seconds)}})
                    : phrases.Count("dose." + part, RangeInWords(phrases, range.low, range.high)));
  }
  return phrases.Join(parts, "list.more", "list.more");
}

}  // namespace sakuin::contradictions

#include "indexer/ingest/dates.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "indexer/base/characters.h"
#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  std::string time;  // "T08:30" with seconds and zone as far as they are written
};

constexpr int kFirstYear = 1926;
constexpr int kLastYear = 2099;
bool IsYear(int year) { return year >= kFirstYear && year <= kLastYear; }

// A run of digits at `at`, at most `longest`; -1 where there is none.
int Number(std::string_view text, std::size_t& at, std::size_t longest) {
  int out = 0;
  const std::size_t begin = at;
  while (at < text.size() && IsAsciiDigit(text[at]) && at - begin < longest) {
    out = out * 10 + (text[at++] - '0');
  }
  const bool goes_on = at < text.size() && IsAsciiDigit(text[at]);
  return at == begin || goes_on ? -1 : out;
}

// One separator: a character that is no digit, no letter of ASCII and no line break.
bool Separator(std::string_view text, std::size_t& at) {
  if (at >= text.size() || IsAsciiDigit(text[at]) || text[at] == '\n' || text[at] == ',')
    return false;
  const char32_t c = utf8::Next(text, at);
  if (c < 0x80) return c == '-' || c == '/' || c == '.';
  while (at < text.size() && text[at] == ' ') ++at;
  return true;
}

std::string Two(int n) {
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%02d", n);
  return out.data();
}

// "08:30", "08:30:15", "T08:30:15+09:00" behind a date.
std::string Time(std::string_view text, std::size_t& end) {
  std::size_t at = end;
  while (at < text.size() && (text[at] == ' ' || text[at] == 'T')) ++at;
  const int hour = Number(text, at, 2);
  if (hour < 0 || hour > 23 || at >= text.size() || text[at] != ':') return {};
  const int minute = Number(text, ++at, 2);
  if (minute < 0 || minute > 59) return {};
  std::string out = "T" + Two(hour) + ":" + Two(minute);
  end = at;
  if (at < text.size() && text[at] == ':') {
    const int second = Number(text, ++at, 2);
    if (second >= 0 && second <= 60) {
      out += ":" + Two(second);
      end = at;
    }
    if (end + 1 < text.size() && text[end] == '.' && IsAsciiDigit(text[end + 1])) {  // a fraction
      end = std::min(text.find_first_not_of("0123456789", end + 1), text.size());
    }
  }
  if (end < text.size() && text[end] == 'Z') {
    ++end;
    return out + "Z";
  }
  if (end + 6 <= text.size() && (text[end] == '+' || text[end] == '-') && text[end + 3] == ':') {
    out += text.substr(end, 6);
    end += 6;
  }
  return out;
}

std::optional<Date> Numeric(std::string_view text, std::size_t begin) {
  Date out;
  std::size_t at = begin;
  out.year = Number(text, at, 4);
  if (!IsYear(out.year) || !Separator(text, at)) return std::nullopt;
  out.month = Number(text, at, 2);
  if (out.month < 1 || out.month > 12 || !Separator(text, at)) return std::nullopt;
  out.day = Number(text, at, 2);
  if (out.day < 1 || out.day > 31) return std::nullopt;
  if (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) utf8::Next(text, at);
  out.time = Time(text, at);
  return out;
}

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

int Month(std::string_view text, std::size_t& at) {
  std::string word;
  while (at < text.size() && ((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z')) {
    word += static_cast<char>(text[at++] | 0x20);
  }
  if (word.size() < 3) return -1;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
  }
  return -1;
}

void Blanks(std::string_view text, std::size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == ',')) ++at;
}

std::optional<Date> English(std::string_view text, std::size_t begin) {
  Date out;
  std::size_t at = begin;
  if (IsAsciiDigit(text[at])) {
    out.day = Number(text, at, 2);
    Blanks(text, at);
    out.month = Month(text, at);
  } else {
    out.month = Month(text, at);
    Blanks(text, at);
    out.day = Number(text, at, 2);
  }
  Blanks(text, at);
  out.year = Number(text, at, 4);
  if (out.day < 1 || out.day > 31 || out.month < 1 || !IsYear(out.year)) return std::nullopt;
  return out;
}

// A year and a month, where no day is written: 2024-05, 2024/05, and with a wide character behind
// each; a point alone is more often a version's.
std::optional<Date> NumericMonth(std::string_view text, std::size_t begin) {
  Date out;
  std::size_t at = begin;
  out.year = Number(text, at, 4);
  const bool narrow = at < text.size() && (text[at] == '-' || text[at] == '/');
  const bool wide = at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80;
  if (!IsYear(out.year) || (!narrow && !wide) || !Separator(text, at)) return std::nullopt;
  const std::size_t digits = at;
  out.month = Number(text, at, 2);
  const bool ends = narrow ? at - digits == 2 && (at == text.size() || text[at] == ' ')
                           : at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80;
  if (out.month < 1 || out.month > 12 || !ends) return std::nullopt;
  return out;
}

std::optional<Date> EnglishMonth(std::string_view text, std::size_t begin) {
  Date out;
  std::size_t at = begin;
  out.month = Month(text, at);
  Blanks(text, at);
  out.year = Number(text, at, 4);
  if (out.month < 1 || !IsYear(out.year)) return std::nullopt;
  return out;
}

std::optional<Date> Find(std::string_view text, bool day) {
  bool inside = false;  // of a word or number: no date begins there
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!inside && IsAsciiDigit(c)) {
      if (auto date = day ? Numeric(text, i) : NumericMonth(text, i)) return date;
    }
    if (!inside && (letter || (day && IsAsciiDigit(c)))) {
      if (auto date = day ? English(text, i) : EnglishMonth(text, i)) return date;
    }
    inside = IsAsciiDigit(c) || letter;
  }
  return std::nullopt;
}

// Civil date of Unix seconds (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::string FromUnix(std::int64_t seconds, std::string_view zone) {
  std::int64_t shift = 0;
  if (zone.size() == 6) {
    const int hours = (zone[1] - '0') * 10 + (zone[2] - '0');
    const int minutes = (zone[4] - '0') * 10 + (zone[5] - '0');
    shift = (zone[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  }
  const std::int64_t local = seconds + shift;
  const std::int64_t z = local / 86400 + 719468;
  const std::int64_t era = z / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const auto day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const auto month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  const auto year = static_cast<int>(yoe + era * 400 + (month <= 2 ? 1 : 0));
  const auto rest = static_cast<int>(local % 86400);
  return std::to_string(year) + "-" + Two(month) + "-" + Two(day) + "T" + Two(rest / 3600) + ":" +
         Two(rest / 60 % 60) + ":" + Two(rest % 60) + (zone.empty() ? "Z" : std::string(zone));
}

}  // namespace

std::string FindDate(std::string_view text, const DateWords& words, std::string_view zone) {
  constexpr std::size_t kSeconds = 10;  // digits
  constexpr std::size_t kMilliseconds = 13;
  const std::string_view trimmed = utf8::Trim(text);
  const bool digits = trimmed.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits && (trimmed.size() == kSeconds || trimmed.size() == kMilliseconds)) {
    return FromUnix(std::stoll(std::string(trimmed.substr(0, kSeconds))), zone);
  }
  const std::string plain = words.MakePlain(text);
  auto date = Find(plain, true);
  if (!date) date = Find(plain, false);
  if (!date) return {};
  const std::string month = std::to_string(date->year) + "-" + Two(date->month);
  return date->day == 0 ? month : month + "-" + Two(date->day) + date->time;
}

bool HoldsDay(std::string_view text, const DateWords& words) {
  return Find(words.MakePlain(text), true).has_value();
}

}  // namespace sakuin::ingest

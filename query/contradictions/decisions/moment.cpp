#include "query/contradictions/decisions/moment.h"

#include <fmt/format.h>

#include <algorithm>

namespace sakuin::contradictions {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;

// The digits where the pattern has '0'; -1 where the text does not fit it.
int Number(std::string_view text, std::size_t at, std::size_t digits) {
  int out = 0;
  for (std::size_t i = at; i < at + digits; ++i) out = out * 10 + (text[i] - '0');
  return out;
}

bool Fits(std::string_view text) {
  constexpr std::string_view kPattern = "0000-00-00T00:00:00";
  if (text.size() <= kPattern.size() || text.back() != 'Z') return false;
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kPattern[i] == '0' ? !digit : text[i] != kPattern[i]) return false;
  }
  const std::string_view rest =
      text.substr(kPattern.size(), text.size() - kPattern.size() - 1);  // "" or ".123"
  if (rest.empty()) return true;
  return rest[0] == '.' && rest.size() > 1 &&
         rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

std::string Print(Moment moment) {
  const auto day = floor<days>(moment);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss<milliseconds> time(moment - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

std::optional<Moment> ReadMoment(std::string_view text) {
  if (!Fits(text)) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(Number(text, 0, 4)),
      std::chrono::month(static_cast<unsigned>(Number(text, 5, 2))),
      std::chrono::day(static_cast<unsigned>(Number(text, 8, 2)))};
  const int hours = Number(text, 11, 2);
  const int minutes = Number(text, 14, 2);
  const int seconds = Number(text, 17, 2);
  if (!date.ok() || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  std::string digits(text.size() > 21 ? text.substr(20, text.size() - 21) : "");
  digits.resize(3, '0');
  return Moment(std::chrono::sys_days(date)) + std::chrono::hours(hours) +
         std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
         milliseconds(Number(digits, 0, 3));
}

}  // namespace sakuin::contradictions

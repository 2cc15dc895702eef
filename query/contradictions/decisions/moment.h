#pragma once

// Times as reviews keep them: "2026-11-29T08:05:00.123Z", so that text order is time order.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sakuin::contradictions {

using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

std::string Print(Moment moment);

// ISO 8601 in UTC, with "Z", to the second or finer (cut to milliseconds); nothing for all else.
std::optional<Moment> ReadMoment(std::string_view text);

}  // namespace sakuin::contradictions

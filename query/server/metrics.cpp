#include "query/server/metrics.h"

#include <fmt/format.h>

namespace sakuin::server {

void Metrics::Count(const std::string& route, int status, std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const std::lock_guard lock(mutex_);
  ++answers_[{route, status}];
  Times& times = times_[route];
  for (std::size_t i = 0; i < kSeconds.size(); ++i) {
    if (seconds <= kSeconds[i]) ++times.at_most[i];
  }
  ++times.count;
  times.seconds += seconds;
}

std::string Metrics::Print(const std::map<std::string, double>& gauges) const {
  std::string out;
  for (const auto& [name, value] : gauges) {
    out += fmt::format("# TYPE sakuin_{0} gauge\nsakuin_{0} {1}\n", name, value);
  }
  const std::lock_guard lock(mutex_);
  out +=
      "# HELP sakuin_http_requests_total Answers by route and status.\n"
      "# TYPE sakuin_http_requests_total counter\n";
  for (const auto& [key, count] : answers_) {
    out += fmt::format("sakuin_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first,
                       key.second, count);
  }
  out +=
      "# HELP sakuin_http_seconds Time from the whole request to the answer.\n"
      "# TYPE sakuin_http_seconds histogram\n";
  for (const auto& [route, times] : times_) {
    for (std::size_t i = 0; i < kSeconds.size(); ++i) {
      out += fmt::format("sakuin_http_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                         kSeconds[i], times.at_most[i]);
    }
    out += fmt::format(
        "sakuin_http_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
        "sakuin_http_seconds_sum{{route=\"{0}\"}} {2}\n"
        "sakuin_http_seconds_count{{route=\"{0}\"}} {1}\n",
        route, times.count, times.seconds);
  }
  return out;
}

}  // namespace sakuin::server

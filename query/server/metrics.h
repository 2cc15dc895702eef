#pragma once

// Counts of what was answered, in the text form that Prometheus reads.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace sakuin::server {

// Thread-safe.
class Metrics {
 public:
  void Count(const std::string& route, int status, std::chrono::nanoseconds took);
  // `gauges`: names with their values, told beside the counts.
  std::string Print(const std::map<std::string, double>& gauges) const;

 private:
  static constexpr std::array<double, 9> kSeconds = {.001, .005, .01, .025, .05, .1, .25, 1, 5};
  struct Times {
    std::array<std::uint64_t, kSeconds.size()> at_most{};
    std::uint64_t count = 0;
    double seconds = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> answers_;
  std::map<std::string, Times> times_;
};

}  // namespace sakuin::server

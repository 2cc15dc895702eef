#pragma once

// Signing in where a token is asked for, and how often somebody may try.

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "query/web/view.h"

namespace sakuin::web {

// How often each address gave a wrong token lately. Thread-safe. Holds no thread up: whoever asks
// too often is told to wait.
class Attempts {
 public:
  using Clock = std::chrono::steady_clock;

  bool MayTry(const std::string& client, Clock::time_point now);
  void Failed(const std::string& client, Clock::time_point now);

  static constexpr std::size_t kMostWrong = 5;  // in a minute
  static constexpr std::chrono::seconds kWithin{60};

 private:
  static constexpr std::size_t kMostClients = 4096;
  struct Wrong {
    std::size_t count = 0;
    Clock::time_point first;
  };
  std::mutex mutex_;
  std::map<std::string, Wrong> wrong_;
};

// To the form, and from there back to what was asked for.
Html LoginLink(const View& view);

}  // namespace sakuin::web

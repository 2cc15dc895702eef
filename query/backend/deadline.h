#pragma once

// By when an answer is wanted.

#include <chrono>

#include "indexer/base/result.h"

namespace sakuin::backend {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  Deadline() = default;  // whenever it comes
  explicit Deadline(Clock::time_point at) : at_(at) {}
  static Deadline In(std::chrono::nanoseconds time) { return Deadline(Clock::now() + time); }

  Clock::time_point at() const { return at_; }
  bool any() const { return at_ != Clock::time_point::max(); }
  // kTimeout once it has passed. Whoever does the same for many sections asks before each.
  Status Check() const {
    if (!any() || Clock::now() < at_) return {};
    return Fail(
        ErrorCode::kTimeout,
        "the search takes longer than it may; ask for fewer words or fewer hits, or filter");
  }

 private:
  Clock::time_point at_ = Clock::time_point::max();
};

}  // namespace sakuin::backend

#pragma once

// One thread brings, several work, one takes in the order in which it was brought.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace sakuin {

// What is under way, from Push() until the Take() after its own, costs at most `most`, or is one
// item: that bounds memory. All calls are thread-safe; Push() and Close() are for one thread,
// Take() for one.
template <typename In, typename Out>
class OrderedQueue {
 public:
  explicit OrderedQueue(std::uint64_t most) : most_(most) {}

  // Waits for room. False: no more is wanted.
  bool Push(In in, std::uint64_t cost) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || cost_ == 0 || cost_ + cost <= most_; });
    if (stopped_) return false;
    slots_.push_back({std::move(in), std::nullopt, cost});
    cost_ += cost;
    work_.notify_one();
    return true;
  }

  // Nothing more will come.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    work_.notify_all();
    done_.notify_all();
  }

  // Works until nothing is left or Stop() was called. `work`: In -> Out; must not throw.
  template <typename Work>
  void Run(const Work& work) {
    std::unique_lock lock(mutex_);
    for (;;) {
      work_.wait(lock, [this] { return stopped_ || closed_ || begun_ < taken_ + slots_.size(); });
      if (stopped_ || begun_ == taken_ + slots_.size()) return;
      const std::size_t number = begun_++;
      In in = std::move(slots_[number - taken_].in);
      lock.unlock();
      Out out = work(std::move(in));
      lock.lock();
      if (stopped_) return;
      slots_[number - taken_].out = std::move(out);
      if (number == taken_) done_.notify_one();
    }
  }

  // The next in order, once it is done; nothing at the end.
  std::optional<Out> Take() {
    std::unique_lock lock(mutex_);
    cost_ -= std::exchange(held_, 0);
    room_.notify_one();
    done_.wait(lock, [this] {
      return stopped_ || (slots_.empty() ? closed_ : slots_.front().out.has_value());
    });
    if (stopped_ || slots_.empty()) return std::nullopt;
    std::optional<Out> out = std::move(slots_.front().out);
    held_ = slots_.front().cost;
    slots_.pop_front();
    ++taken_;
    return out;
  }

  // Lets everybody go; what is under way is dropped.
  void Stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
    work_.notify_all();
    done_.notify_all();
  }

 private:
  struct Slot {
    In in;
    std::optional<Out> out;
    std::uint64_t cost = 0;
  };

  std::uint64_t most_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable work_;
  std::condition_variable done_;
  std::deque<Slot> slots_;
  std::size_t taken_ = 0;   // also the number of the first slot
  std::size_t begun_ = 0;   // the number of the next item to be worked on
  std::uint64_t cost_ = 0;  // of all slots, and of what the taker holds
  std::uint64_t held_ = 0;
  bool closed_ = false;
  bool stopped_ = false;
};

}  // namespace sakuin

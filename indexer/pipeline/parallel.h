#pragma once

// Runs a function over numbered inputs in several threads and hands the results over in order.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sakuin::pipeline {

// `work(thread, index)` is called for index 0, 1, ... count-1, each once, from `threads` threads;
// `take(index, result)` from the calling thread, in order of index. `take` returns false to stop
// early: workers then finish what they have begun. At most `ahead` results wait, which bounds
// memory. Exceptions must not leave `work`.
template <typename T>
class OrderedParallel {
 public:
  using Work = std::function<T(unsigned thread, std::size_t index)>;
  using Take = std::function<bool(std::size_t index, T result)>;

  OrderedParallel(std::size_t count, unsigned threads, std::size_t ahead)
      : count_(count), threads_(threads), ahead_(ahead), slots_(ahead), ready_(ahead, false) {}

  void Run(const Work& work, const Take& take) {
    std::vector<std::jthread> workers;
    workers.reserve(threads_);
    for (unsigned t = 0; t < threads_; ++t) {
      workers.emplace_back([this, t, &work] { Loop(t, work); });
    }
    for (std::size_t i = 0; i < count_; ++i) {
      T result = Await(i);
      if (!take(i, std::move(result))) break;
    }
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  void Loop(unsigned thread, const Work& work) {
    for (;;) {
      std::size_t index = 0;
      {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return stopped_ || next_ >= count_ || next_ < taken_ + ahead_; });
        if (stopped_ || next_ >= count_) return;
        index = next_++;
      }
      T result = work(thread, index);
      const std::lock_guard lock(mutex_);
      slots_[index % ahead_] = std::move(result);
      ready_[index % ahead_] = true;
      done_.notify_one();
    }
  }

  T Await(std::size_t index) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this, index] { return ready_[index % ahead_]; });
    T result = std::move(slots_[index % ahead_]);
    ready_[index % ahead_] = false;
    taken_ = index + 1;
    room_.notify_all();
    return result;
  }

  std::size_t count_;
  unsigned threads_;
  std::size_t ahead_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable done_;
  std::vector<T> slots_;
  std::vector<bool> ready_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
  bool stopped_ = false;
};

}  // namespace sakuin::pipeline

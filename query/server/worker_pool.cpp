#include "query/server/worker_pool.h"

#include <utility>

namespace sakuin::server {

WorkerPool::WorkerPool(std::size_t workers, std::size_t most_waiting)
    : workers_(workers), most_waiting_(most_waiting) {
  for (std::size_t i = 0; i < workers; ++i) {
    threads_.emplace_back([this, i] { Work(i); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    short_.clear();
    long_.clear();
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::Post(Task task, Lane lane) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || short_.size() + long_.size() >= most_waiting_) return false;
    (lane == Lane::kShort ? short_ : long_).push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

bool WorkerPool::PostAside(Task task) {
  constexpr std::size_t kShare = 4;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || long_.size() >= most_waiting_ / kShare) return false;
    long_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

WorkerPool::Line* WorkerPool::Next(std::size_t worker) {
  const bool last = worker + 1 == workers_;
  const bool may_be_long = !long_.empty() && (workers_ == 1 || at_long_ + 1 < workers_);
  if (may_be_long && (short_.empty() || (last && workers_ > 1))) return &long_;
  return short_.empty() ? nullptr : &short_;
}

void WorkerPool::Work(std::size_t worker) {
  std::unique_lock lock(mutex_);
  for (;;) {
    Line* line = nullptr;
    wake_.wait(lock, [&] { return stopping_ || (line = Next(worker)) != nullptr; });
    if (stopping_) return;
    Task task = std::move(line->front());
    line->pop_front();
    const bool is_long = line == &long_;
    at_long_ += is_long ? 1 : 0;
    lock.unlock();
    task(worker);
    task = nullptr;  // what it holds ends outside of the lock
    lock.lock();
    at_long_ -= is_long ? 1 : 0;
    // Others left what is long to those that were at it.
    if (is_long && !long_.empty()) wake_.notify_all();
  }
}

}  // namespace sakuin::server

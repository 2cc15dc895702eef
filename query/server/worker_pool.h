#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sakuin::server {

// As many threads as are wanted, and a line in front of them that never grows beyond its bound.
class WorkerPool {
 public:
  using Task = std::function<void(std::size_t worker)>;  // must not throw

  WorkerPool(std::size_t workers, std::size_t most_waiting);
  ~WorkerPool();  // drops what has not begun, waits for the rest
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False where the line is full. Thread-safe.
  bool Post(Task task);

 private:
  void Work(std::size_t worker);

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sakuin::server

#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sakuin::server {

// What may take long waits in a line of its own, so that nothing short waits behind it.
enum class Lane : std::uint8_t { kShort, kLong };

// As many threads as are wanted, and lines in front of them that together never grow beyond their
// bound. Of several threads one is never at what is long, and one takes that first.
class WorkerPool {
 public:
  using Task = std::function<void(std::size_t worker)>;  // must not throw

  WorkerPool(std::size_t workers, std::size_t most_waiting);
  ~WorkerPool();  // drops what has not begun, waits for the rest
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False where the line is full. Thread-safe.
  bool Post(Task task, Lane lane = Lane::kShort);
  // What nobody waits for: in the long line, and only where that leaves room for others.
  bool PostAside(Task task);

 private:
  using Line = std::deque<Task>;

  void Work(std::size_t worker);
  Line* Next(std::size_t worker);  // the line to take from; nullptr: nothing to do

  const std::size_t workers_;
  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Line short_;
  Line long_;
  std::size_t at_long_ = 0;  // threads
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sakuin::server

#pragma once

// What the benchmarks of single stages share.

#include <time.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/ingest/containers/source_reader.h"

namespace sakuin::bench {

// Seconds of this process, of all its threads.
inline double Cpu() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// The value, or the error's text and exit status 2.
template <typename T>
T Must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << result.error().Text() << "\n";
  std::exit(2);
}

// Keeps what is read, `most` sources.
class Sources : public ingest::SourceSink {
 public:
  explicit Sources(std::size_t most = SIZE_MAX) : most_(most) {}
  bool Take(model::Source source) override {
    all.push_back(std::move(source));
    return all.size() < most_;
  }
  void Reject(Error) override {}
  void Note(std::string) override {}

  std::vector<model::Source> all;

 private:
  std::size_t most_;
};

}  // namespace sakuin::bench

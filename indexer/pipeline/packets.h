#pragma once

// What goes through the threads of an ingest: packets of sources in, what became of each out.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/base/ordered_queue.h"
#include "indexer/ingest/containers/source_reader.h"
#include "indexer/pipeline/collect.h"
#include "indexer/pipeline/pipeline.h"
#include "indexer/store/index_reader.h"
#include "indexer/store/index_writer.h"
#include "indexer/store/prepare.h"

namespace sakuin::pipeline {

// By document id.
using KnownStates = std::unordered_map<std::string, store::DocumentState>;

struct Packet {
  std::vector<model::Source> sources;
  std::uint64_t bytes = 0;
  std::size_t files = 0;  // begun when it was closed
};

struct Outcome {
  std::string id;
  std::string uri;
  std::string place;  // for a person who looks for it
  std::uint64_t bytes = 0;
  bool unchanged = false;
  std::optional<store::Entry> entry;
  std::optional<Rejected> rejected;
};

struct Outcomes {
  std::vector<Outcome> all;
  std::size_t files = 0;
};

using PacketQueue = OrderedQueue<Packet, Outcomes>;

// Not thread-safe: one a thread.
class Worker {
 public:
  explicit Worker(Pipeline pipeline);

  // What is known to be unchanged is not made again.
  Outcomes Analyse(Packet packet, const KnownStates& states, bool keep_source);

 private:
  Outcome Analyse(model::Source source, const KnownStates& states, bool keep_source);

  Pipeline pipeline_;
  store::EntryPreparer preparer_;
};

// Puts what is read into packets. For the reading thread; what it collects is to be looked at when
// that has ended.
class PacketSink : public ingest::SourceSink {
 public:
  explicit PacketSink(PacketQueue& queue) : queue_(queue) {}

  bool Take(model::Source source) override;
  void Reject(Error error) override;
  void Note(std::string warning) override;

  // Sends what waits. False where no more is wanted.
  bool Flush();

  std::size_t files = 0;  // begun
  std::vector<Rejected> rejected;
  std::vector<std::string> warnings;
  std::set<std::string> broken;  // files that were not read to their end

 private:
  PacketQueue& queue_;
  Packet packet_;
  bool stopped_ = false;
};

}  // namespace sakuin::pipeline

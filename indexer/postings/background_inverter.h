#pragma once

// An inverter that works while its owner goes on.

#include <cstddef>
#include <cstdint>
#include <future>
#include <string>
#include <vector>

#include "indexer/postings/inverter.h"

namespace sakuin::postings {

// Takes copies of what is added, in batches of about a megabyte; one batch is inverted by another
// thread while the next is filled. For one thread to call; waits for the other where it goes.
class BackgroundInverter {
 public:
  BackgroundInverter() = default;
  BackgroundInverter(const BackgroundInverter&) = delete;
  BackgroundInverter& operator=(const BackgroundInverter&) = delete;

  // `number` above all before it.
  void Add(SectionNumber number, const FieldView& heading, const FieldView& text);

  std::size_t sections() const { return sections_; }

  // Bytes, about: as it was before the last two batches, so that it depends on what was added and
  // not on how fast the other thread is.
  std::size_t memory() const { return memory_; }

  // Writes what was added as one segment and forgets it.
  Result<SegmentParts> Write(const SegmentWriter::PutChunk& put);
  // Forgets what was added.
  void Clear();

 private:
  struct Waiting {
    SectionNumber number = 0;
    std::size_t grams[kFields] = {};  // how many of them
    std::size_t words[kFields] = {};  // bytes
  };
  // All sections' terms one after another: no allocation for each.
  struct Batch {
    std::vector<Waiting> sections;
    std::vector<std::uint64_t> grams;
    std::string words;

    void Clear();
  };

  void Send();
  void Wait();

  Batch filling_;
  Batch inverting_;
  Inverter inverter_;
  std::future<void> busy_;  // last: it is waited for before the others go
  std::size_t sections_ = 0;
  std::size_t memory_ = 0;
};

}  // namespace sakuin::postings

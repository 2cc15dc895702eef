#pragma once

// What the last ingests did, and what they would not take: kept so that a reader of the knowledge
// base can ask long after the messages have scrolled away.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sakuin::store {

struct RejectedInput {
  std::string uri;
  std::string reason;
  std::string code;  // ErrorCodeName()
};

// Blocks of the documents that were added or updated, by why they were kept or left out.
struct BlockTotal {
  bool kept = false;
  std::string reason;  // as in model::BlockCount
  std::int64_t count = 0;
};

struct IngestRecord {
  std::string at;  // "YYYY-MM-DDTHH:MM:SSZ", when it ended
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t removed = 0;
  std::uint64_t bytes = 0;
  double seconds = 0;
  bool interrupted = false;
  std::int64_t rejected_in_all = 0;     // of which the first are listed
  std::vector<RejectedInput> rejected;  // in order of the run
  std::vector<std::string> warnings;    // the first of them
  std::vector<BlockTotal> blocks;
};

// Of the runs so many are kept, of the inputs and warnings of each so many are listed.
inline constexpr std::int64_t kIngestRecords = 10;
inline constexpr std::size_t kListedOfRun = 1000;

}  // namespace sakuin::store

#pragma once

// The segments of a knowledge base, open for reading.

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/postings/segment.h"
#include "indexer/store/sqlite/section_columns.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// The key of a chunk's row.
constexpr std::int64_t ChunkKey(std::int64_t segment, std::uint32_t chunk) {
  return segment * 1048576 + chunk;
}

std::vector<bool> DeletedFromBytes(std::string_view bytes);
std::string DeletedToBytes(const std::vector<bool>& deleted);

struct StoredSegment {
  std::int64_t number = 0;
  std::int64_t first = 0;  // sections
  std::int64_t last = 0;
  std::int64_t sections = 0;
  std::int64_t bytes = 0;
  std::int64_t gone = 0;
  std::vector<bool> deleted;
};

// In order of their sections.
Result<std::vector<StoredSegment>> ListSegments(SqlLibrary& sql);
Result<postings::SegmentParts> ReadSegmentParts(SqlLibrary& sql, std::int64_t segment);

// Chunks that were read last, up to a number of bytes. Not thread-safe.
class ChunkCache {
 public:
  ChunkCache(SqlLibrary& sql, std::size_t most_bytes) : sql_(sql), most_bytes_(most_bytes) {}
  ChunkCache(const ChunkCache&) = delete;

  Result<std::shared_ptr<const std::string>> Get(std::int64_t key);

 private:
  struct Held {
    std::shared_ptr<const std::string> bytes;
    std::list<std::int64_t>::iterator place;
  };

  SqlLibrary& sql_;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::list<std::int64_t> order_;  // the one used last comes first
  std::unordered_map<std::int64_t, Held> held_;
};

// A section's place among all sections of all segments, those that were taken out among them. Good
// for as long as the connection sees the same state of the knowledge base.
using SectionKey = std::uint32_t;

struct OpenSegment {
  StoredSegment stored;
  std::unique_ptr<postings::Segment> postings;
  SectionKey begin = 0;  // its sections are [begin, end)
  SectionKey end = 0;
  mutable std::unique_ptr<FactColumns> facts;  // read when they are first asked for
  mutable std::unique_ptr<TopicColumns> topics;
};

// Not thread-safe: one a connection. `sql` must outlive it.
class PostingReader {
 public:
  explicit PostingReader(SqlLibrary& sql, std::size_t cache_bytes = std::size_t{64} << 20U)
      : sql_(sql), cache_(sql, cache_bytes) {}

  // Brings the segments up to what the connection sees now. Cheap where nothing has changed:
  // `state` is any number that differs when the knowledge base does.
  Status Refresh(std::int64_t state);

  // In order of their sections; valid until Refresh().
  const std::vector<OpenSegment>& segments() const { return segments_; }
  SectionKey end() const { return segments_.empty() ? 0 : segments_.back().end; }
  // Of those that are still there.
  std::int64_t section_count() const { return section_count_; }

  Result<const FactColumns*> Facts(const OpenSegment& segment);
  Result<const TopicColumns*> Topics(const OpenSegment& segment);

  const OpenSegment& SegmentOf(SectionKey key) const;  // `key` below end()
  std::int64_t NumberOf(SectionKey key) const;
  // Nothing where there is no such section, or it was taken out.
  std::optional<SectionKey> KeyOf(std::int64_t number) const;
  // The sections with numbers up to this one are those below.
  SectionKey KeysUpTo(std::int64_t number) const;

  // Opens one for itself, such as to merge it.
  Result<std::unique_ptr<postings::Segment>> Open(const StoredSegment& stored);

 private:
  SqlLibrary& sql_;
  ChunkCache cache_;
  std::int64_t state_ = -1;
  std::int64_t section_count_ = 0;
  std::vector<OpenSegment> segments_;
};

}  // namespace sakuin::store

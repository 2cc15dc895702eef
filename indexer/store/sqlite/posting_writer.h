#pragma once

// Keeps the segments of a knowledge base: new ones, what is taken out, and merging.

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "indexer/postings/background_inverter.h"
#include "indexer/store/sqlite/posting_reader.h"
#include "indexer/store/sqlite/sql_library.h"

namespace sakuin::store {

// Works in the transaction that is open on the connection. Not thread-safe.
class PostingWriter {
 public:
  explicit PostingWriter(SqlLibrary& sql) : sql_(sql) {}

  // A transaction begins: everything is read anew.
  Status Begin();
  // Its number for the section that is added next: above all there are and were.
  std::int64_t NextSection() { return ++last_section_; }
  Status Add(std::int64_t section, const postings::FieldView& heading,
             const postings::FieldView& text);
  Status Remove(const std::vector<std::int64_t>& sections);
  Status Clear();
  // Before the transaction is committed. Merges what has become too many or too empty.
  Status Finish();
  // Everything into one segment.
  Status MergeAll();

 private:
  struct Changed {
    postings::SectionTable table;
    std::vector<bool> deleted;
    std::int64_t gone = 0;
    bool dirty = false;
  };

  Status Flush();
  // Numbers are given once, also where everything was taken out since: readers and cursors that
  // know an old one must not meet another thing under it.
  Status KeepNumbers();
  Status WriteDeleted();
  Result<Changed*> Find(std::int64_t section);
  // Puts the segments [begin, end) of segments_ together; none where nothing is left of them.
  Status MergeRange(std::size_t begin, std::size_t end);
  Status InsertSegment(const StoredSegment& segment, const postings::SegmentParts& parts);
  Status DeleteSegment(std::int64_t number);
  postings::SegmentWriter::PutChunk PutInto(std::int64_t segment, std::int64_t& bytes);
  SqlLibrary& sql_;
  postings::BackgroundInverter inverter_;
  std::int64_t first_waiting_ = 0;  // section in inverter_
  std::int64_t last_section_ = 0;
  std::int64_t last_segment_ = 0;
  std::vector<StoredSegment> segments_;
  std::map<std::int64_t, Changed> changed_;  // by segment
};

}  // namespace sakuin::store

#include "indexer/store/sqlite/posting_writer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "indexer/postings/merge.h"
#include "indexer/store/sqlite/section_columns.h"

namespace sakuin::store {
namespace {

// What waits in memory before it is written as a segment.
constexpr std::size_t kMostWaiting = std::size_t{128} << 20U;
// As many segments of a like size are merged: each posting is then written about
// log4(all / first) times more, and few segments are asked by a search.
constexpr std::size_t kMergeAt = 4;
constexpr std::int64_t kLike = 3;
// Below this a segment is merged with the one before it at once: it costs next to nothing.
constexpr std::int64_t kTinyBytes = 256 << 10;
// A segment of which more than a third was taken out is written anew.
constexpr std::int64_t kEmptyShare = 3;
constexpr std::size_t kMergeCache = std::size_t{8} << 20U;

}  // namespace

Status PostingWriter::Begin() {
  inverter_.Clear();
  changed_.clear();
  auto segments = ListSegments(sql_);
  if (!segments) return Pass(segments);
  segments_ = std::move(*segments);
  const auto rows = sql_.Get("last_numbers");
  if (!rows) return Pass(rows);
  const auto row = (*rows)->Bind().Step();
  if (!row) return Pass(row);
  last_section_ = (*rows)->Int(0);
  last_segment_ = (*rows)->Int(1);
  (*rows)->Reset();
  return {};
}

Status PostingWriter::Add(std::int64_t section, const postings::FieldView& heading,
                          const postings::FieldView& text) {
  if (inverter_.sections() == 0) first_waiting_ = section;
  inverter_.Add(section, heading, text);
  return inverter_.memory() > kMostWaiting ? Flush() : Status();
}

postings::SegmentWriter::PutChunk PostingWriter::PutInto(std::int64_t segment,
                                                         std::int64_t& bytes) {
  return [this, segment, &bytes](std::uint32_t number, std::string_view chunk) {
    bytes += static_cast<std::int64_t>(chunk.size());
    return sql_.Run("insert_chunk", ChunkKey(segment, number), Blob{chunk});
  };
}

Status PostingWriter::InsertSegment(const StoredSegment& segment,
                                    const postings::SegmentParts& parts) {
  const auto table = postings::SectionTable::Decode(parts.sections);
  if (!table) return Pass(table);
  const auto facts = MakeFacts(sql_, table->numbers);
  if (!facts) return Pass(facts);
  const auto topics = MakeTopics(sql_, table->numbers);
  if (!topics) return Pass(topics);
  return sql_.Run("insert_segment", segment.number, segment.first, segment.last, segment.sections,
                  parts.terms, parts.postings, segment.bytes, Blob{parts.sections},
                  Blob{parts.contents}, Blob{*facts}, Blob{*topics});
}

Status PostingWriter::Flush() {
  if (inverter_.sections() == 0) return {};
  const auto sections = static_cast<std::int64_t>(inverter_.sections());
  StoredSegment made{++last_segment_, first_waiting_, last_section_, sections, 0, 0, {}};
  const auto parts = inverter_.Write(PutInto(made.number, made.bytes));
  if (!parts) return Pass(parts);
  const Status done = InsertSegment(made, *parts);
  segments_.push_back(std::move(made));
  return done;
}

Result<PostingWriter::Changed*> PostingWriter::Find(std::int64_t section) {
  const auto at = std::find_if(segments_.begin(), segments_.end(), [section](const auto& s) {
    return s.first <= section && section <= s.last;
  });
  if (at == segments_.end()) return nullptr;
  const auto known = changed_.find(at->number);
  if (known != changed_.end()) return &known->second;
  const auto parts = ReadSegmentParts(sql_, at->number);
  if (!parts) return Pass(parts);
  auto table = postings::SectionTable::Decode(parts->sections);
  if (!table) return Pass(table);
  Changed& out = changed_[at->number];
  out.table = std::move(*table);
  out.deleted = at->deleted;
  out.deleted.resize(out.table.size(), false);
  out.gone = at->gone;
  return &out;
}

Status PostingWriter::Remove(const std::vector<std::int64_t>& sections) {
  for (const std::int64_t section : sections) {
    if (inverter_.sections() > 0 && section >= first_waiting_) {
      if (const Status flushed = Flush(); !flushed) return flushed;
    }
    const auto found = Find(section);
    if (!found) return Pass(found);
    Changed* const in = *found;
    const auto& numbers = in == nullptr ? std::vector<std::int64_t>() : in->table.numbers;
    const auto at = std::lower_bound(numbers.begin(), numbers.end(), section);
    const auto local = static_cast<std::size_t>(at - numbers.begin());
    if (at == numbers.end() || *at != section || in->deleted[local]) {
      return Fail(ErrorCode::kDamaged, "a section is not in the index; run `sakuin rebuild`");
    }
    in->deleted[local] = true;
    in->dirty = true;
    ++in->gone;
  }
  return {};
}

Status PostingWriter::Clear() {
  inverter_.Clear();
  changed_.clear();
  segments_.clear();
  const Status done = sql_.Run("clear_segments");
  return done ? sql_.Run("clear_chunks") : done;
}

Status PostingWriter::WriteDeleted() {
  for (StoredSegment& segment : segments_) {
    const auto found = changed_.find(segment.number);
    if (found == changed_.end() || !found->second.dirty) continue;
    segment.deleted = found->second.deleted;
    segment.gone = found->second.gone;
    const std::string bits = DeletedToBytes(segment.deleted);
    const Status done = sql_.Run("mark_deleted", segment.number, segment.gone, Blob{bits});
    if (!done) return done;
  }
  changed_.clear();
  return {};
}

Status PostingWriter::DeleteSegment(std::int64_t number) {
  const Status done = sql_.Run("delete_segment", number);
  return done ? sql_.Run("delete_chunks", ChunkKey(number, 0), ChunkKey(number + 1, 0)) : done;
}

Status PostingWriter::MergeRange(std::size_t begin, std::size_t end) {
  StoredSegment made{++last_segment_, segments_[begin].first, segments_[end - 1].last, 0, 0, 0, {}};
  PostingReader reader(sql_, kMergeCache);
  std::vector<std::unique_ptr<postings::Segment>> open;
  std::vector<const postings::Segment*> from;
  for (std::size_t i = begin; i < end; ++i) {
    auto segment = reader.Open(segments_[i]);
    if (!segment) return Pass(segment);
    open.push_back(std::move(*segment));
    from.push_back(open.back().get());
    made.sections += segments_[i].sections - segments_[i].gone;
  }
  if (made.sections > 0) {
    const auto parts = postings::Merge(from, PutInto(made.number, made.bytes));
    if (!parts) return Pass(parts);
    if (const Status done = InsertSegment(made, *parts); !done) return done;
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (const Status done = DeleteSegment(segments_[i].number); !done) return done;
  }
  const auto first = segments_.begin() + static_cast<std::ptrdiff_t>(begin);
  segments_.erase(first, segments_.begin() + static_cast<std::ptrdiff_t>(end));
  if (made.sections > 0) {
    segments_.insert(segments_.begin() + static_cast<std::ptrdiff_t>(begin), std::move(made));
  }
  return {};
}

Status PostingWriter::KeepNumbers() {
  const Status done = sql_.Run("set_info", "last_section", std::to_string(last_section_));
  return done ? sql_.Run("set_info", "last_segment", std::to_string(last_segment_)) : done;
}

Status PostingWriter::Finish() {
  Status done = Flush();
  if (done) done = WriteDeleted();
  for (std::size_t i = segments_.size(); done && i > 0; --i) {
    const StoredSegment& segment = segments_[i - 1];
    if (segment.gone * kEmptyShare > segment.sections) done = MergeRange(i - 1, i);
  }
  // The newest ones, as long as the one before them is not much larger than they are together.
  std::int64_t together = 0;
  std::size_t begin = segments_.size();
  for (; begin > 0; --begin) {
    const std::int64_t bytes = segments_[begin - 1].bytes;
    if (begin < segments_.size() && bytes > kLike * together && bytes > kTinyBytes) break;
    together += bytes;
  }
  const std::size_t alike = segments_.size() - begin;
  const bool tiny = alike >= 2 && together <= 2 * kTinyBytes;
  if (done && (alike >= kMergeAt || tiny)) done = MergeRange(begin, segments_.size());
  return done ? KeepNumbers() : done;
}

Status PostingWriter::MergeAll() {
  Status done = Flush();
  if (done) done = WriteDeleted();
  const bool one = segments_.size() == 1 && segments_[0].gone == 0;
  if (done && !segments_.empty() && !one) done = MergeRange(0, segments_.size());
  return done ? KeepNumbers() : done;
}

}  // namespace sakuin::store

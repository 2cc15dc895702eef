#include "indexer/store/sqlite/posting_reader.h"

#include <algorithm>
#include <utility>

namespace sakuin::store {

std::vector<bool> DeletedFromBytes(std::string_view bytes) {
  std::vector<bool> out(bytes.size() * 8, false);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = (static_cast<unsigned char>(bytes[i / 8]) >> (i % 8) & 1U) != 0;
  }
  return out;
}

std::string DeletedToBytes(const std::vector<bool>& deleted) {
  std::string out((deleted.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < deleted.size(); ++i) {
    if (deleted[i]) out[i / 8] = static_cast<char>(out[i / 8] | 1 << (i % 8));
  }
  return out;
}

Result<std::vector<StoredSegment>> ListSegments(SqlLibrary& sql) {
  const auto rows = sql.Get("list_segments");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind();
  std::vector<StoredSegment> out;
  for (;;) {
    const auto row = s.Step();
    if (!row) return Pass(row);
    if (!*row) return out;
    out.push_back(
        {s.Int(0), s.Int(1), s.Int(2), s.Int(3), s.Int(4), s.Int(5), DeletedFromBytes(s.Text(6))});
  }
}

Result<postings::SegmentParts> ReadSegmentParts(SqlLibrary& sql, std::int64_t segment) {
  const auto rows = sql.Get("read_segment");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(segment);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a segment of the index is gone");
  postings::SegmentParts out{s.Copy(0), s.Copy(1), static_cast<std::uint64_t>(s.Int(2)),
                             static_cast<std::uint64_t>(s.Int(3))};
  s.Reset();
  return out;
}

Result<std::shared_ptr<const std::string>> ChunkCache::Get(std::int64_t key) {
  if (const auto found = held_.find(key); found != held_.end()) {
    order_.splice(order_.begin(), order_, found->second.place);
    return found->second.bytes;
  }
  const auto rows = sql_.Get("read_chunk");
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(key);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) {
    return Fail(ErrorCode::kDamaged, "a part of the index is gone; `sakuin rebuild` makes it anew");
  }
  std::string bytes;
  bytes.reserve(s.Text(0).size() + postings::kPadding);
  bytes = s.Text(0);
  s.Reset();
  bytes.append(postings::kPadding, '\0');
  auto shared = std::make_shared<const std::string>(std::move(bytes));
  bytes_ += shared->size();
  order_.push_front(key);
  held_.emplace(key, Held{shared, order_.begin()});
  while (bytes_ > most_bytes_ && order_.size() > 1) {
    const auto last = held_.find(order_.back());
    bytes_ -= last->second.bytes->size();
    held_.erase(last);
    order_.pop_back();
  }
  return shared;
}

Result<std::unique_ptr<postings::Segment>> PostingReader::Open(const StoredSegment& stored) {
  const auto parts = ReadSegmentParts(sql_, stored.number);
  if (!parts) return Pass(parts);
  auto segment = postings::Segment::Open(*parts, stored.deleted,
                                         [this, number = stored.number](std::uint32_t chunk) {
                                           return cache_.Get(ChunkKey(number, chunk));
                                         });
  if (!segment) return Pass(segment);
  return std::make_unique<postings::Segment>(std::move(*segment));
}

Status PostingReader::Refresh(std::int64_t state) {
  if (state == state_) return {};
  auto stored = ListSegments(sql_);
  if (!stored) return Pass(stored);
  std::vector<OpenSegment> old = std::exchange(segments_, {});
  state_ = -1;
  section_count_ = 0;
  for (StoredSegment& one : *stored) {
    // Numbers are given once: a segment of the same number differs in what was taken out, at most.
    const auto same = std::find_if(old.begin(), old.end(), [&one](const OpenSegment& other) {
      return other.stored.number == one.number && other.stored.deleted == one.deleted;
    });
    OpenSegment next;
    if (same != old.end()) {
      next = std::move(*same);
      old.erase(same);
    } else {
      auto opened = Open(one);
      if (!opened) return Pass(opened);
      next.postings = std::move(*opened);
      next.stored = std::move(one);
    }
    next.begin = end();
    next.end = next.begin + static_cast<SectionKey>(next.postings->sections().size());
    section_count_ += next.stored.sections - next.stored.gone;
    segments_.push_back(std::move(next));
  }
  state_ = state;
  return {};
}

namespace {

// Reads a blob of a segment's row and decodes it, once.
template <typename Columns, typename Decode>
Result<const Columns*> ReadColumns(SqlLibrary& sql, std::string_view name,
                                   const OpenSegment& segment, std::unique_ptr<Columns>& held,
                                   const Decode& decode) {
  if (held) return held.get();
  const auto rows = sql.Get(name);
  if (!rows) return Pass(rows);
  Statement& s = (*rows)->Bind(segment.stored.number);
  const auto row = s.Step();
  if (!row) return Pass(row);
  if (!*row) return Fail(ErrorCode::kDamaged, "a segment of the index is gone");
  auto columns = decode(s.Text(0), segment.postings->sections().size());
  s.Reset();
  if (!columns) return Pass(columns);
  held = std::make_unique<Columns>(std::move(*columns));
  return held.get();
}

}  // namespace

Result<const FactColumns*> PostingReader::Facts(const OpenSegment& segment) {
  return ReadColumns(sql_, "read_facts", segment, segment.facts, DecodeFacts);
}

Result<const TopicColumns*> PostingReader::Topics(const OpenSegment& segment) {
  return ReadColumns(sql_, "read_topics", segment, segment.topics, DecodeTopics);
}

const OpenSegment& PostingReader::SegmentOf(SectionKey key) const {
  const auto at = std::upper_bound(segments_.begin(), segments_.end(), key,
                                   [](SectionKey k, const OpenSegment& s) { return k < s.end; });
  return *at;
}

std::int64_t PostingReader::NumberOf(SectionKey key) const {
  const OpenSegment& in = SegmentOf(key);
  return in.postings->sections().numbers[key - in.begin];
}

SectionKey PostingReader::KeysUpTo(std::int64_t number) const {
  for (const OpenSegment& segment : segments_) {
    if (number >= segment.stored.last) continue;
    const auto& numbers = segment.postings->sections().numbers;
    const auto at = std::upper_bound(numbers.begin(), numbers.end(), number);
    return segment.begin + static_cast<SectionKey>(at - numbers.begin());
  }
  return end();
}

std::optional<SectionKey> PostingReader::KeyOf(std::int64_t number) const {
  const auto segment =
      std::lower_bound(segments_.begin(), segments_.end(), number,
                       [](const OpenSegment& s, std::int64_t n) { return s.stored.last < n; });
  if (segment == segments_.end()) return std::nullopt;
  const auto& numbers = segment->postings->sections().numbers;
  const auto at = std::lower_bound(numbers.begin(), numbers.end(), number);
  if (at == numbers.end() || *at != number) return std::nullopt;
  const auto local = static_cast<postings::Local>(at - numbers.begin());
  if (segment->postings->IsDeleted(local)) return std::nullopt;
  return segment->begin + local;
}

}  // namespace sakuin::store

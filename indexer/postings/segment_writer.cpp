#include <algorithm>
#include <utility>

#include "indexer/postings/segment.h"

namespace sakuin::postings {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10U;

}  // namespace

std::string SectionTable::Encode() const {
  std::string out;
  PutVarint(out, numbers.size());
  SectionNumber before = 0;
  for (const SectionNumber number : numbers) {
    PutVarint(out, static_cast<std::uint64_t>(number - before));
    before = number;
  }
  for (const auto& field : lengths) {
    for (const std::uint32_t length : field) PutVarint(out, length);
  }
  return out;
}

SegmentWriter::SegmentWriter(SectionTable sections, PutChunk put)
    : sections_(std::move(sections)), put_(std::move(put)) {
  parts_.sections = sections_.Encode();
}

Status SegmentWriter::Add(std::string_view key, const PostingList& list) {
  // Groups hold terms of one kind, as the inverter's do: a segment has one form.
  if (open_.lead() != key[0]) {
    if (const Status done = CloseGroup(); !done) return done;
  }
  open_.Add(key, list, sections_.lengths[static_cast<int>(FieldOf(key))]);
  return open_.full() ? CloseGroup() : Status();
}

Status SegmentWriter::Add(const EncodedGroup& group, std::string_view bytes) {
  if (const Status done = CloseGroup(); !done) return done;
  List(group);
  chunk_ += bytes;
  return chunk_.size() >= kChunkBytes ? CloseChunk() : Status();
}

// In the contents, as what comes next.
void SegmentWriter::List(const EncodedGroup& group) {
  PutKey(last_first_key_, group.first_key, parts_.contents);
  PutVarint(parts_.contents, chunk_number_);
  PutVarint(parts_.contents, chunk_.size());
  last_first_key_ = group.first_key;
  parts_.terms += group.terms;
  parts_.postings += group.postings;
}

Status SegmentWriter::CloseGroup() {
  if (open_.empty()) return {};
  std::string bytes;
  const EncodedGroup group = open_.Close(bytes);
  return Add(group, bytes);
}

Status SegmentWriter::CloseChunk() {
  if (chunk_.empty()) return {};
  const Status put = put_(chunk_number_++, chunk_);
  chunk_.clear();
  return put;
}

Result<SegmentParts> SegmentWriter::Finish() {
  Status done = CloseGroup();
  if (done) done = CloseChunk();
  if (!done) return Pass(done);
  return std::move(parts_);
}

}  // namespace sakuin::postings

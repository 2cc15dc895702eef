#include <algorithm>
#include <utility>

#include "indexer/postings/segment.h"

namespace sakuin::postings {
namespace {

constexpr std::size_t kTermsInGroup = 64;
constexpr std::size_t kChunkBytes = std::size_t{64} << 10U;
constexpr std::size_t kEscape = 15;

std::size_t SharedPrefix(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

void PutKey(std::string_view before, std::string_view key, std::string& out) {
  const std::size_t shared = SharedPrefix(before, key);
  const std::size_t rest = key.size() - shared;
  out.push_back(static_cast<char>(std::min(shared, kEscape) << 4U | std::min(rest, kEscape)));
  if (shared >= kEscape) PutVarint(out, shared - kEscape);
  if (rest >= kEscape) PutVarint(out, rest - kEscape);
  out += key.substr(shared);
}

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
  if (in_group_ == 0) first_key_ = key;
  PutKey(in_group_ == 0 ? std::string_view() : last_key_, key, entries_);
  last_key_ = key;
  const bool gram = IsGramKey(key);
  const bool is_inline = list.sections.size() == 1 && list.counts[0] == 1;
  PutVarint(entries_, list.sections.size() * 2 + (is_inline ? 1 : 0));
  if (is_inline) {
    PutVarint(entries_, list.sections[0]);
    if (gram) PutVarint(entries_, list.places[0]);
  } else {
    const std::size_t before = postings_.size();
    Encode(list, gram, sections_.lengths[static_cast<int>(FieldOf(key))], postings_);
    PutVarint(entries_, postings_.size() - before);
  }
  ++parts_.terms;
  parts_.postings += list.sections.size();
  return ++in_group_ == kTermsInGroup ? CloseGroup() : Status();
}

Status SegmentWriter::CloseGroup() {
  if (in_group_ == 0) return {};
  PutKey(last_first_key_, first_key_, parts_.contents);
  PutVarint(parts_.contents, chunk_number_);
  PutVarint(parts_.contents, chunk_.size());
  last_first_key_ = first_key_;
  PutVarint(chunk_, entries_.size());
  chunk_ += entries_;
  chunk_ += postings_;
  entries_.clear();
  postings_.clear();
  in_group_ = 0;
  return chunk_.size() >= kChunkBytes ? CloseChunk() : Status();
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

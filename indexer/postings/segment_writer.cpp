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

EncodedTerm EncodeTerm(const PostingList& list, bool gram, std::span<const std::uint32_t> lengths,
                       std::string& out) {
  EncodedTerm term;
  term.postings = static_cast<std::uint32_t>(list.sections.size());
  term.is_inline = list.sections.size() == 1 && list.counts[0] == 1;
  if (term.is_inline) {
    term.section = list.sections[0];
    term.place = gram ? list.places[0] : 0;
  } else {
    const std::size_t before = out.size();
    Encode(list, gram, lengths, out);
    term.size = out.size() - before;
  }
  return term;
}

Status SegmentWriter::Add(std::string_view key, const PostingList& list) {
  encoded_.clear();
  const auto& lengths = sections_.lengths[static_cast<int>(FieldOf(key))];
  const EncodedTerm term = EncodeTerm(list, IsGramKey(key), lengths, encoded_);
  return Add(key, term, encoded_);
}

Status SegmentWriter::Add(std::string_view key, const EncodedTerm& term, std::string_view bytes) {
  if (in_group_ == 0) first_key_ = key;
  PutKey(in_group_ == 0 ? std::string_view() : last_key_, key, entries_);
  last_key_ = key;
  PutVarint(entries_, std::uint64_t{term.postings} * 2 + (term.is_inline ? 1 : 0));
  if (term.is_inline) {
    PutVarint(entries_, term.section);
    if (IsGramKey(key)) PutVarint(entries_, term.place);
  } else {
    PutVarint(entries_, bytes.size());
    postings_ += bytes;
  }
  ++parts_.terms;
  parts_.postings += term.postings;
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

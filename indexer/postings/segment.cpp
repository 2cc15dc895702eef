#include "indexer/postings/segment.h"

#include <algorithm>
#include <utility>

namespace sakuin::postings {
namespace {

constexpr std::size_t kEscape = 15;

tl::unexpected<Error> Damaged() {
  return Fail(ErrorCode::kDamaged, "the index is damaged; `sakuin rebuild` makes it anew");
}

// Reads numbers and keys, and never behind the end.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return at_ >= bytes_.size(); }
  bool broken() const { return broken_; }
  std::size_t at() const { return at_; }

  std::uint64_t Number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) return Break();
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      out |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return out;
    }
    return Break();
  }

  // Turns the key before into the next one.
  void Key(std::string& key) {
    if (at_ >= bytes_.size()) {
      Break();
      return;
    }
    const auto head = static_cast<unsigned char>(bytes_[at_++]);
    std::size_t shared = head >> 4U;
    std::size_t rest = head & 0x0FU;
    if (shared == kEscape) shared += Number();
    if (rest == kEscape) rest += Number();
    if (shared > key.size() || rest > bytes_.size() - at_) {
      Break();
      return;
    }
    key.resize(shared);
    key.append(bytes_.substr(at_, rest));
    at_ += rest;
  }

 private:
  std::uint64_t Break() {
    broken_ = true;
    at_ = bytes_.size();
    return 0;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

}  // namespace

Result<SectionTable> SectionTable::Decode(std::string_view bytes) {
  Bytes in(bytes);
  SectionTable out;
  const std::uint64_t n = in.Number();
  if (n > bytes.size()) return Damaged();  // every section takes three bytes at least
  out.numbers.resize(n);
  SectionNumber number = 0;
  for (SectionNumber& to : out.numbers) {
    number += static_cast<SectionNumber>(in.Number());
    to = number;
  }
  for (auto& field : out.lengths) {
    field.resize(n);
    for (std::uint32_t& length : field) length = static_cast<std::uint32_t>(in.Number());
  }
  if (in.broken() || !in.at_end()) return Damaged();
  return out;
}

Result<Segment> Segment::Open(const SegmentParts& parts, std::vector<bool> deleted, GetChunk get) {
  Segment out;
  auto sections = SectionTable::Decode(parts.sections);
  if (!sections) return Pass(sections);
  out.sections_ = std::move(*sections);
  out.deleted_ = std::move(deleted);
  out.get_ = std::move(get);
  Bytes in(parts.contents);
  std::string key;
  while (!in.at_end()) {
    in.Key(key);
    out.keys_ += key;
    const auto chunk = static_cast<std::uint32_t>(in.Number());
    const auto offset = static_cast<std::uint32_t>(in.Number());
    out.groups_.push_back({static_cast<std::uint32_t>(out.keys_.size()), chunk, offset});
  }
  if (in.broken()) return Damaged();
  return out;
}

std::string_view Segment::FirstKey(std::size_t group) const {
  const std::size_t begin = group == 0 ? 0 : groups_[group - 1].key;
  return std::string_view(keys_).substr(begin, groups_[group].key - begin);
}

std::size_t Segment::GroupOf(std::string_view key) const {
  std::size_t low = 0;
  std::size_t high = groups_.size();
  while (low < high) {  // the first group that begins behind `key`
    const std::size_t middle = (low + high) / 2;
    if (FirstKey(middle) > key) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low == 0 ? groups_.size() : low - 1;
}

Status Segment::ReadGroup(std::size_t group, const std::function<bool(const Term&)>& take) const {
  auto chunk = get_(groups_[group].chunk);
  if (!chunk) return Pass(chunk);
  const std::string_view all(**chunk);
  // The padding is no part of the chunk.
  if (all.size() < kPadding || groups_[group].offset >= all.size() - kPadding) return Damaged();
  const std::string_view bytes =
      all.substr(groups_[group].offset, all.size() - kPadding - groups_[group].offset);
  Bytes head(bytes);
  const std::uint64_t size = head.Number();
  if (head.broken() || size > bytes.size() - head.at()) return Damaged();
  Bytes in(bytes.substr(head.at(), size));
  std::size_t at = head.at() + size;
  Term term;
  term.chunk = std::move(*chunk);
  while (!in.at_end()) {
    in.Key(term.key);
    const std::uint64_t number = in.Number();
    term.postings = static_cast<std::uint32_t>(number / 2);
    term.is_inline = number % 2 == 1;
    if (term.is_inline) {
      term.section = static_cast<Local>(in.Number());
      term.place = IsGramKey(term.key) ? static_cast<std::uint32_t>(in.Number()) : 0;
      term.bytes = {};
      if (term.section >= sections_.size()) return Damaged();
    } else {
      const std::uint64_t postings = in.Number();
      if (postings > bytes.size() - at || term.postings > sections_.size()) return Damaged();
      term.bytes = bytes.substr(at, postings);
      at += postings;
    }
    if (in.broken() || term.key.empty() || static_cast<int>(FieldOf(term.key)) >= kFields) {
      return Damaged();
    }
    if (!take(term)) break;
  }
  return {};
}

Result<Term> Segment::Find(std::string_view key) const {
  Term out;
  const std::size_t group = GroupOf(key);
  if (group == groups_.size()) return out;
  const Status done = ReadGroup(group, [&](const Term& term) {
    if (term.key < key) return true;
    if (term.key == key) out = term;
    return false;
  });
  if (!done) return Pass(done);
  return out;
}

Status Segment::ForEach(std::string_view prefix,
                        const std::function<bool(const Term&)>& take) const {
  std::size_t group = GroupOf(prefix);
  if (group == groups_.size()) group = 0;  // all keys are behind the prefix, or begin with it
  bool more = true;
  for (; more && group < groups_.size(); ++group) {
    const Status done = ReadGroup(group, [&](const Term& term) {
      if (term.key < prefix) return true;
      more = term.key.starts_with(prefix) && take(term);
      return more;
    });
    if (!done) return done;
  }
  return {};
}

Cursor Segment::Open(const Term& term) const {
  if (term.is_inline) return Cursor(term.section, term.place);
  return Cursor(term.bytes, term.postings, IsGramKey(term.key),
                sections_.lengths[static_cast<int>(FieldOf(term.key))]);
}

void Segment::Read(const Term& term, PostingList& out) const {
  out.Clear();
  const bool gram = IsGramKey(term.key);
  for (Cursor cursor = Open(term); cursor.section() != kEnd; cursor.Next()) {
    out.sections.push_back(cursor.section());
    out.counts.push_back(cursor.count());
    if (gram) cursor.Places(out.places);
  }
}

}  // namespace sakuin::postings

#include "indexer/postings/group_encoder.h"

#include <algorithm>
#include <utility>

#include "indexer/postings/term_key.h"

namespace sakuin::postings {
namespace {

constexpr std::size_t kTermsInGroup = 64;
constexpr std::size_t kEscape = 15;

std::size_t SharedPrefix(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

}  // namespace

void PutKey(std::string_view before, std::string_view key, std::string& out) {
  const std::size_t shared = SharedPrefix(before, key);
  const std::size_t rest = key.size() - shared;
  out.push_back(static_cast<char>(std::min(shared, kEscape) << 4U | std::min(rest, kEscape)));
  if (shared >= kEscape) PutVarint(out, shared - kEscape);
  if (rest >= kEscape) PutVarint(out, rest - kEscape);
  out += key.substr(shared);
}

bool GroupEncoder::full() const { return group_.terms >= kTermsInGroup; }

void GroupEncoder::Add(std::string_view key, const PostingList& list,
                       std::span<const std::uint32_t> lengths) {
  if (empty()) {
    group_.first_key = key;
    last_key_.clear();
  }
  PutKey(last_key_, key, entries_);
  last_key_ = key;
  // One posting that stands once lies in the dictionary itself.
  const bool is_inline = list.sections.size() == 1 && list.counts[0] == 1;
  PutVarint(entries_, std::uint64_t{list.sections.size()} * 2 + (is_inline ? 1 : 0));
  if (is_inline) {
    PutVarint(entries_, list.sections[0]);
    if (IsGramKey(key)) PutVarint(entries_, list.places[0]);
  } else {
    const std::size_t before = postings_.size();
    Encode(list, IsGramKey(key), lengths, postings_);
    PutVarint(entries_, postings_.size() - before);
  }
  ++group_.terms;
  group_.postings += list.sections.size();
}

EncodedGroup GroupEncoder::Close(std::string& out) {
  const std::size_t before = out.size();
  PutVarint(out, entries_.size());
  out += entries_;
  out += postings_;
  entries_.clear();
  postings_.clear();
  group_.size = out.size() - before;
  return std::exchange(group_, {});
}

}  // namespace sakuin::postings

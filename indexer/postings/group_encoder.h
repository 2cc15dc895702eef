#pragma once

// The smallest part of a segment that is read at once: some terms with their postings.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "indexer/postings/codec.h"

namespace sakuin::postings {

struct EncodedGroup {
  std::string first_key;
  std::size_t size = 0;  // bytes
  std::uint64_t terms = 0;
  std::uint64_t postings = 0;
};

// Takes terms of one kind (the first byte of their keys) in order. Not thread-safe; groups can be
// made by several threads at once, and a segment is the same whoever made which.
class GroupEncoder {
 public:
  // `list` is not empty. `lengths`: of the key's field, by section (Encode()).
  void Add(std::string_view key, const PostingList& list, std::span<const std::uint32_t> lengths);

  bool empty() const { return group_.terms == 0; }
  bool full() const;
  char lead() const { return empty() ? '\0' : group_.first_key[0]; }  // of all its keys

  // Appends the group's bytes (segment.h) to `out` and begins another.
  EncodedGroup Close(std::string& out);

 private:
  EncodedGroup group_;
  std::string entries_;
  std::string postings_;
  std::string last_key_;
};

// Appends `key` as what it shares with `before` and the rest.
void PutKey(std::string_view before, std::string_view key, std::string& out);

}  // namespace sakuin::postings

#pragma once

// A segment: the postings of some sections, written once and never changed. It lies in chunks (rows
// of a table, members of a file: this folder does not care) and a table of contents.
//
//   chunk    = groups of terms, one after another
//   group    = varint size of the entries, entries, the terms' postings
//   entry    = head byte (shared, suffix lengths; 15: a varint follows), suffix,
//              varint postings * 2 + inline; inline: varint section, for grams varint position;
//              else varint size of the postings' bytes
//   contents = for each group its first key, chunk and offset
// docs/formats/posting-index.md has it in full.
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/postings/codec.h"
#include "indexer/postings/group_encoder.h"
#include "indexer/postings/term_key.h"

namespace sakuin::postings {

using SectionNumber = std::int64_t;

// The sections of a segment, in its order: numbers ascend.
struct SectionTable {
  std::vector<SectionNumber> numbers;
  std::vector<std::uint32_t> lengths[kFields];  // folded characters

  std::size_t size() const { return numbers.size(); }
  std::string Encode() const;
  static Result<SectionTable> Decode(std::string_view bytes);
};

// What is stored of a segment.
struct SegmentParts {
  std::string sections;  // SectionTable::Encode()
  std::string contents;
  std::uint64_t terms = 0;
  std::uint64_t postings = 0;
};

// Takes the terms of a segment in order of their keys. Chunks are handed on as they are full, so
// that memory does not grow with the segment.
class SegmentWriter {
 public:
  // Called with 0, 1, 2, ...
  using PutChunk = std::function<Status(std::uint32_t number, std::string_view bytes)>;

  SegmentWriter(SectionTable sections, PutChunk put);

  // `key` above the last one; `list` not empty, its sections below the table's size.
  Status Add(std::string_view key, const PostingList& list);
  // A group that another made, with its bytes. All keys above the last one.
  Status Add(const EncodedGroup& group, std::string_view bytes);
  Result<SegmentParts> Finish();

  const SectionTable& sections() const { return sections_; }

 private:
  Status CloseGroup();
  Status CloseChunk();
  void List(const EncodedGroup& group);

  SectionTable sections_;
  PutChunk put_;
  SegmentParts parts_;
  GroupEncoder open_;
  std::string chunk_;
  std::uint32_t chunk_number_ = 0;
  std::string last_first_key_;  // of the group before, in the contents
};

// One term as the dictionary has it.
struct Term {
  std::string key;
  std::uint32_t postings = 0;  // sections; those that were taken out since are among them
  Local section = 0;           // where there is one posting that lies in the dictionary
  std::uint32_t place = 0;
  bool is_inline = false;
  std::string_view bytes;
  std::shared_ptr<const std::string> chunk;  // keeps `bytes` alive
};

class Segment {
 public:
  // Gives a chunk's bytes with kPadding zeros behind them. Called from the thread that asks.
  using GetChunk = std::function<Result<std::shared_ptr<const std::string>>(std::uint32_t number)>;

  // kDamaged where the parts do not agree. `deleted` may be shorter than the table or empty.
  static Result<Segment> Open(const SegmentParts& parts, std::vector<bool> deleted, GetChunk get);

  const SectionTable& sections() const { return sections_; }
  bool IsDeleted(Local section) const { return section < deleted_.size() && deleted_[section]; }
  bool has_deleted() const { return !deleted_.empty(); }

  // Nothing where no section has it: Term::postings is 0.
  Result<Term> Find(std::string_view key) const;
  // Every term whose key begins with `prefix`, in order, until `take` gives false.
  Status ForEach(std::string_view prefix, const std::function<bool(const Term&)>& take) const;

  // The terms lie in this many groups, each of which is read at once.
  std::size_t groups() const { return groups_.size(); }
  Status ReadGroup(std::size_t group, const std::function<bool(const Term&)>& take) const;

  Cursor Open(const Term& term) const;
  // All of it, also of deleted sections.
  void Read(const Term& term, PostingList& out) const;

 private:
  struct Group {
    std::uint32_t key = 0;  // where its first key ends in keys_
    std::uint32_t chunk = 0;
    std::uint32_t offset = 0;
  };

  std::string_view FirstKey(std::size_t group) const;
  // The last group that may hold `key`; groups_.size() where all are behind it.
  std::size_t GroupOf(std::string_view key) const;

  SectionTable sections_;
  std::vector<bool> deleted_;
  GetChunk get_;
  std::string keys_;
  std::vector<Group> groups_;
  std::uint32_t chunks_ = 0;
};

}  // namespace sakuin::postings

#pragma once

// The stored form of one term's postings in one segment: sections in ascending order, how often the
// term stands in each, and for grams where. docs/formats/posting-index.md has the layout.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/postings/bits.h"

namespace sakuin::postings {

// Sections are numbered from 0 within a segment.
using Local = std::uint32_t;
inline constexpr Local kEnd = UINT32_MAX;
inline constexpr std::size_t kBlock = 128;  // postings that are decoded together

// One term's postings, unpacked. `places` holds the positions (folded characters from the start of
// the field, ascending) of the first section, then of the second; empty for words.
struct PostingList {
  std::vector<Local> sections;
  std::vector<std::uint32_t> counts;
  std::vector<std::uint32_t> places;
  void Clear() {
    sections.clear();
    counts.clear();
    places.clear();
  }
};

// Appends the stored form. `lengths`: folded characters of the field, by section: positions take no
// more bits than their section needs.
void Encode(const PostingList& list, bool with_places, std::span<const std::uint32_t> lengths,
            std::string& out);

// Walks one term's postings in order of sections. Cheap to make; holds one block at a time.
// Reads up to kPadding bytes behind `bytes`, which must outlive it. A damaged list gives wrong
// numbers, never a read elsewhere: sections are checked against `lengths`.
class Cursor {
 public:
  Cursor() = default;
  Cursor(std::string_view bytes, std::uint32_t postings, bool with_places,
         std::span<const std::uint32_t> lengths);
  // Of a term that stands in one place.
  Cursor(Local section, std::uint32_t place);

  Local section() const { return section_; }  // kEnd behind the last
  std::uint32_t count() {
    if (!counted_) LoadCounts();
    return counts_[in_block_];
  }
  void Next();
  // To the first section that is not before `target`.
  void Seek(Local target);
  // Where the term stands in the section; appended. Only grams have places.
  void Places(std::vector<std::uint32_t>& out);

  // What is left of the block that the cursor stands in; then NextBlock().
  std::span<const Local> BlockSections() const {
    return {sections_.data() + in_block_, block_size_ - in_block_};
  }
  std::span<const std::uint32_t> BlockCounts() {
    if (!counted_) LoadCounts();
    return {counts_.data() + in_block_, block_size_ - in_block_};
  }
  void NextBlock();

 private:
  struct Skip {
    Local last = 0;              // section
    std::uint32_t postings = 0;  // where its bytes begin
    std::uint32_t places = 0;
  };

  void ReadSkips();
  void Load(std::size_t block);
  void LoadCounts();
  void Finish();

  std::string_view bytes_;
  std::span<const std::uint32_t> lengths_;
  std::uint32_t postings_ = 0;
  bool with_places_ = false;
  const Skip& SkipOf(std::size_t block) const { return skips_.empty() ? only_ : skips_[block]; }

  std::size_t blocks_ = 0;
  Skip only_;                // of a list of one block
  std::vector<Skip> skips_;  // one a block; of a list of one block none
  bool single_ = false;
  std::uint32_t single_place_ = 0;
  std::size_t block_ = 0;
  std::size_t block_size_ = 0;
  std::size_t in_block_ = 0;
  Local section_ = kEnd;
  std::array<Local, kBlock> sections_;
  std::array<std::uint32_t, kBlock> counts_;
  bool counted_ = true;           // counts_ holds those of the block
  std::uint64_t counts_at_ = 0;   // where they begin in it, in bits
  std::size_t placed_ = 0;        // postings of the block before this have been passed
  std::uint64_t place_bits_ = 0;  // by their positions
};

}  // namespace sakuin::postings

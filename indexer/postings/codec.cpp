#include "indexer/postings/codec.h"

#include <algorithm>

namespace sakuin::postings {
namespace {

// Golomb's code with a power of two (Rice 1971): the gap's upper part in ones ended by a zero, its
// lower `k` bits as they are. A gap whose upper part is longer than this is written as it is.
constexpr unsigned kLongestUnary = 24;
constexpr unsigned kRawWidth = 32;
constexpr unsigned kParameterWidth = 5;

std::uint64_t CostOf(std::span<const std::uint32_t> gaps, unsigned k) {
  std::uint64_t bits = 0;
  for (const std::uint32_t gap : gaps) {
    const std::uint32_t upper = gap >> k;
    bits += upper < kLongestUnary ? upper + 1 + k : kLongestUnary + kRawWidth;
  }
  return bits;
}

// The parameter that takes the fewest bits. Near log2 of the mean (Kiely 2004), so few are tried.
unsigned BestParameter(std::span<const std::uint32_t> gaps) {
  std::uint64_t sum = 0;
  for (const std::uint32_t gap : gaps) sum += gap;
  const auto near = static_cast<unsigned>(std::bit_width(sum / gaps.size() + 1)) - 1;
  unsigned best = near;
  std::uint64_t least = CostOf(gaps, near);
  for (unsigned k = near < 2 ? 0 : near - 2; k <= std::min(near + 1, 31U); ++k) {
    const std::uint64_t cost = CostOf(gaps, k);
    if (cost < least) {
      least = cost;
      best = k;
    }
  }
  return best;
}

void PutGap(BitWriter& bits, std::uint32_t gap, unsigned k) {
  const std::uint32_t upper = gap >> k;
  if (upper >= kLongestUnary) {
    bits.Put((std::uint64_t{1} << kLongestUnary) - 1, kLongestUnary);
    bits.Put(gap, kRawWidth);
    return;
  }
  bits.Put((std::uint64_t{1} << upper) - 1, upper + 1);
  bits.Put(gap & ((std::uint32_t{1} << k) - 1), k);
}

std::uint32_t GetGap(BitReader& bits, unsigned k) {
  const std::uint64_t word = bits.Peek();
  const auto upper = static_cast<unsigned>(std::countr_one(word));
  if (upper >= kLongestUnary) {
    bits.Skip(kLongestUnary);
    return static_cast<std::uint32_t>(bits.Get(kRawWidth));
  }
  bits.Skip(upper + 1 + k);
  const std::uint64_t lower = (word >> (upper + 1)) & ((std::uint64_t{1} << k) - 1);
  return static_cast<std::uint32_t>((std::uint64_t{upper} << k) | lower);
}

// Elias's gamma code (1975), least significant bit first: n zeros, a one, n bits.
void PutCount(BitWriter& bits, std::uint32_t count) {
  const auto width = static_cast<unsigned>(std::bit_width(count)) - 1;
  bits.Put(std::uint64_t{1} << width, width + 1);
  bits.Put(count & ((std::uint32_t{1} << width) - 1), width);
}

std::uint32_t GetCount(BitReader& bits) {
  const std::uint64_t word = bits.Peek();
  const auto width = std::min(static_cast<unsigned>(std::countr_zero(word)), 24U);
  bits.Skip(2 * width + 1);  // 49 bits at most: what was seen has them all
  const std::uint64_t one = std::uint64_t{1} << width;
  return static_cast<std::uint32_t>(one | ((word >> (width + 1)) & (one - 1)));
}

void EncodePostings(std::span<const Local> sections, std::span<const std::uint32_t> counts,
                    Local before, std::string& out) {
  std::array<std::uint32_t, kBlock> gaps;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    gaps[i] = sections[i] - before - 1;
    before = sections[i];
  }
  const std::span<const std::uint32_t> all(gaps.data(), sections.size());
  const bool once = std::all_of(counts.begin(), counts.end(), [](auto n) { return n == 1; });
  const unsigned k = BestParameter(all);
  BitWriter bits(out);
  bits.Put(k, kParameterWidth);
  bits.Put(once ? 1 : 0, 1);
  for (const std::uint32_t gap : all) PutGap(bits, gap, k);
  if (!once) {
    for (const std::uint32_t count : counts) PutCount(bits, count);
  }
  bits.Flush();
}

}  // namespace

void Encode(const PostingList& list, bool with_places, std::span<const std::uint32_t> lengths,
            std::string& out) {
  std::string skips;
  std::string postings;
  std::string places;
  std::size_t place = 0;
  Local before = static_cast<Local>(-1);
  const std::size_t n = list.sections.size();
  for (std::size_t at = 0; at < n; at += kBlock) {
    const std::size_t size = std::min(kBlock, n - at);
    const std::span sections(list.sections.data() + at, size);
    const std::span counts(list.counts.data() + at, size);
    const std::size_t postings_before = postings.size();
    const std::size_t places_before = places.size();
    EncodePostings(sections, counts, before, postings);
    if (with_places) {
      BitWriter bits(places);
      for (std::size_t i = 0; i < size; ++i) {
        const unsigned width = WidthBelow(lengths[sections[i]]);
        for (std::uint32_t j = 0; j < counts[i]; ++j) bits.Put(list.places[place++], width);
      }
      bits.Flush();
    }
    PutVarint(skips, sections[size - 1] - before);
    PutVarint(skips, postings.size() - postings_before);
    if (with_places) PutVarint(skips, places.size() - places_before);
    before = sections[size - 1];
  }
  if (n > kBlock) {
    out += skips;
  } else if (with_places) {
    PutVarint(out, postings.size());
  }
  out += postings;
  out += places;
}

Cursor::Cursor(std::string_view bytes, std::uint32_t postings, bool with_places,
               std::span<const std::uint32_t> lengths)
    : bytes_(bytes), lengths_(lengths), postings_(postings), with_places_(with_places) {
  if (postings == 0) return;
  ReadSkips();
  Load(0);
}

Cursor::Cursor(Local section, std::uint32_t place)
    : postings_(1),
      blocks_(1),
      single_(true),
      single_place_(place),
      block_size_(1),
      section_(section) {
  sections_[0] = section;
  counts_[0] = 1;
}

void Cursor::ReadSkips() {
  blocks_ = (postings_ + kBlock - 1) / kBlock;
  std::size_t at = 0;
  const auto inside = [this](const Skip& skip) {
    return skip.postings < bytes_.size() && skip.places <= bytes_.size();
  };
  if (blocks_ == 1) {
    const std::size_t size = with_places_ ? GetVarint(bytes_.data(), at) : bytes_.size();
    only_ = {kEnd, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)};
    if (!inside(only_)) Finish();
    return;
  }
  skips_.resize(blocks_);
  Local last = static_cast<Local>(-1);
  std::uint32_t postings = 0;
  std::uint32_t places = 0;
  for (Skip& skip : skips_) {
    if (at >= bytes_.size()) return Finish();
    last += static_cast<Local>(GetVarint(bytes_.data(), at));
    skip = {last, postings, places};
    postings += static_cast<std::uint32_t>(GetVarint(bytes_.data(), at));
    if (with_places_) places += static_cast<std::uint32_t>(GetVarint(bytes_.data(), at));
  }
  for (Skip& skip : skips_) {
    skip.postings += static_cast<std::uint32_t>(at);
    skip.places += static_cast<std::uint32_t>(at) + postings;
    if (!inside(skip)) return Finish();
  }
}

void Cursor::Finish() {
  postings_ = 0;
  blocks_ = 0;
  skips_.clear();
  block_size_ = 0;
  in_block_ = 0;
  counted_ = true;
  section_ = kEnd;
}

void Cursor::Load(std::size_t block) {
  if (block >= blocks_) return Finish();
  block_ = block;
  in_block_ = 0;
  placed_ = 0;
  place_bits_ = 0;
  block_size_ = std::min<std::size_t>(kBlock, postings_ - block * kBlock);
  const std::size_t begin = SkipOf(block).postings;
  BitReader bits(bytes_.data() + begin);
  const auto k = static_cast<unsigned>(bits.Get(kParameterWidth));
  const bool once = bits.Get(1) != 0;
  const std::uint64_t end = (bytes_.size() - begin) * 8;
  Local section = block == 0 ? static_cast<Local>(-1) : SkipOf(block - 1).last;
  for (std::size_t i = 0; i < block_size_; ++i) {
    section += GetGap(bits, k) + 1;
    sections_[i] = section;
    if (bits.at() > end) return Finish();
  }
  if (sections_[block_size_ - 1] >= lengths_.size()) return Finish();
  counted_ = once;
  counts_at_ = bits.at();
  if (once) std::fill_n(counts_.begin(), block_size_, 1U);
  section_ = sections_[0];
}

// Apart, because whoever looks for a section in many blocks needs the counts of few.
void Cursor::LoadCounts() {
  counted_ = true;
  const std::size_t begin = SkipOf(block_).postings;
  const std::uint64_t end = (bytes_.size() - begin) * 8;
  BitReader bits(bytes_.data() + begin);
  bits.Skip(counts_at_);
  for (std::size_t i = 0; i < block_size_; ++i) {
    counts_[i] = bits.at() < end ? GetCount(bits) : 1;
  }
}

void Cursor::Next() {
  if (++in_block_ < block_size_) {
    section_ = sections_[in_block_];
    return;
  }
  NextBlock();
}

void Cursor::NextBlock() { Load(block_ + 1); }

void Cursor::Seek(Local target) {
  if (section_ == kEnd || section_ >= target) return;
  if (sections_[block_size_ - 1] < target) {
    std::size_t block = block_ + 1;
    std::size_t step = 1;  // galloping, then a binary search within the last step
    while (block < blocks_ && SkipOf(block).last < target) {
      block += step;
      step *= 2;
    }
    if (skips_.empty()) return Finish();
    const auto first = skips_.begin() + static_cast<std::ptrdiff_t>(block_ + 1);
    const auto last =
        skips_.begin() + static_cast<std::ptrdiff_t>(std::min(block + 1, skips_.size()));
    const auto found = std::lower_bound(
        first, last, target, [](const Skip& skip, Local wanted) { return skip.last < wanted; });
    Load(static_cast<std::size_t>(found - skips_.begin()));
    if (section_ == kEnd) return;
  }
  const auto begin = sections_.begin() + static_cast<std::ptrdiff_t>(in_block_);
  const auto end = sections_.begin() + static_cast<std::ptrdiff_t>(block_size_);
  const auto at = std::lower_bound(begin, end, target);
  in_block_ = static_cast<std::size_t>(at - sections_.begin());
  if (in_block_ == block_size_) return NextBlock();  // only in a damaged list
  section_ = sections_[in_block_];
}

void Cursor::Places(std::vector<std::uint32_t>& out) {
  if (single_) {
    out.push_back(single_place_);
    return;
  }
  if (!counted_) LoadCounts();
  for (; placed_ < in_block_; ++placed_) {
    place_bits_ += std::uint64_t{counts_[placed_]} * WidthBelow(lengths_[sections_[placed_]]);
  }
  const unsigned width = WidthBelow(lengths_[section_]);
  const std::uint64_t end = (bytes_.size() - SkipOf(block_).places) * 8;
  BitReader bits(bytes_.data() + SkipOf(block_).places);
  bits.Skip(place_bits_);
  for (std::uint32_t i = 0; i < counts_[in_block_] && bits.at() + width <= end; ++i) {
    out.push_back(static_cast<std::uint32_t>(bits.Get(width)));
  }
}

}  // namespace sakuin::postings

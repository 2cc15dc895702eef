#include "indexer/postings/inverter.h"

#include <algorithm>
#include <cstring>
#include <future>
#include <span>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "indexer/base/mix.h"

namespace sakuin::postings {
namespace {

// Rows of bytes that grow at the same time, in slices of one arena, each slice longer than the one
// before: few bytes are wasted on the many terms that stand once (Moffat and Bell's extensible
// lists; the same in Lucene's in-memory postings).
class SliceArena {
 public:
  struct Row {
    std::uint32_t first = 0;
    std::uint32_t at = 0;   // next byte
    std::uint32_t end = 0;  // of the slice, before its link
    std::uint8_t level = 0;
  };

  Row NewRow() {
    Row row;
    row.first = row.at = NewSlice(0);
    row.end = row.at + kSizes[0];
    return row;
  }

  void Put(Row& row, std::uint32_t value) {
    while (value >= 0x80) {
      PutByte(row, static_cast<unsigned char>(value | 0x80U));
      value >>= 7U;
    }
    PutByte(row, static_cast<unsigned char>(value));
  }

  // All bytes of a row, joined.
  void Copy(const Row& row, std::string& out) const {
    out.clear();
    std::uint32_t begin = row.first;
    for (std::uint8_t level = 0;; level = Above(level)) {
      const std::uint32_t end = begin + kSizes[level];
      if (end == row.end) {
        out.append(At(begin), row.at - begin);
        return;
      }
      out.append(At(begin), kSizes[level]);
      std::memcpy(&begin, At(end), sizeof begin);
    }
  }

  std::size_t size() const { return blocks_.size() * kBlockBytes; }

 private:
  static constexpr std::uint32_t kSizes[] = {5, 14, 28, 56, 120, 250, 500, 1000};
  static constexpr std::uint32_t kLink = sizeof(std::uint32_t);

  static std::uint8_t Above(std::uint8_t level) {
    return std::min<std::uint8_t>(level + 1, std::size(kSizes) - 1);
  }

  // Blocks never move: a slice lies in one of them.
  static constexpr std::uint32_t kBlockBits = 20;
  static constexpr std::uint32_t kBlockBytes = std::uint32_t{1} << kBlockBits;

  char* At(std::uint32_t place) const {
    return blocks_[place >> kBlockBits].get() + (place & (kBlockBytes - 1));
  }

  std::uint32_t NewSlice(std::uint8_t level) {
    const std::uint32_t size = kSizes[level] + kLink;
    if (blocks_.empty() || used_ + size > kBlockBytes) {
      blocks_.push_back(std::make_unique<char[]>(kBlockBytes));
      used_ = 0;
    }
    const auto begin = (static_cast<std::uint32_t>(blocks_.size() - 1) << kBlockBits) + used_;
    used_ += size;
    return begin;
  }

  void PutByte(Row& row, unsigned char byte) {
    if (row.at == row.end) {
      const std::uint8_t level = Above(row.level);
      const std::uint32_t next = NewSlice(level);
      std::memcpy(At(row.end), &next, sizeof next);
      row.at = next;
      row.end = next + kSizes[level];
      row.level = level;
    }
    *At(row.at++) = static_cast<char>(byte);
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::uint32_t used_ = 0;  // of the last one
};

// What is kept of a term: its row holds, for each occurrence, the distance from the one before in
// the section * 2, or where the section is another one, the distance of sections * 2 + 1 and then
// the position.
struct Open {
  SliceArena::Row row;
  Local section = kEnd;
  std::uint32_t place = 0;
};

constexpr std::uint64_t kFree = UINT64_MAX;

// Open addressing, linear probing; grams to their places in a list.
class GramTable {
 public:
  GramTable() { Resize(std::size_t{1} << 12U); }

  // The value of `key`; `next` where it is new.
  std::uint32_t FindOr(std::uint64_t key, std::uint32_t next) {
    std::size_t at = Mix(key) & mask_;
    for (; keys_[at] != key; at = (at + 1) & mask_) {
      if (keys_[at] != kFree) continue;
      keys_[at] = key;
      values_[at] = next;
      if (++used_ * 2 > mask_) Resize((mask_ + 1) * 2);
      return next;
    }
    return values_[at];
  }

  std::size_t size() const { return keys_.size() * 12; }

  std::vector<std::pair<std::uint64_t, std::uint32_t>> Sorted() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> out;
    out.reserve(used_);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i] != kFree) out.emplace_back(keys_[i], values_[i]);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  void Resize(std::size_t size) {
    const std::vector<std::uint64_t> keys = std::exchange(keys_, {});
    const std::vector<std::uint32_t> values = std::exchange(values_, {});
    keys_.assign(size, kFree);
    values_.assign(size, 0);
    mask_ = size - 1;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == kFree) continue;
      std::size_t at = Mix(keys[i]) & mask_;
      while (keys_[at] != kFree) at = (at + 1) & mask_;
      keys_[at] = keys[i];
      values_[at] = values[i];
    }
  }

  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> values_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view word) const {
    return std::hash<std::string_view>()(word);
  }
};
using WordTable = std::unordered_map<std::string, std::uint32_t, WordHash, std::equal_to<>>;

void Unpack(const std::string& bytes, bool with_places, PostingList& out) {
  out.Clear();
  Local section = static_cast<Local>(-1);
  std::uint32_t place = 0;
  for (std::size_t at = 0; at + kPadding < bytes.size();) {
    const auto head = static_cast<std::uint32_t>(GetVarint(bytes.data(), at));
    if (head % 2 == 1) {
      section += head / 2;
      place = with_places ? static_cast<std::uint32_t>(GetVarint(bytes.data(), at)) : 0;
      out.sections.push_back(section);
      out.counts.push_back(1);
    } else {
      ++out.counts.back();
      place += head / 2;
    }
    if (with_places) out.places.push_back(place);
  }
}

}  // namespace

struct Inverter::Impl {
  SectionTable sections;
  SliceArena arena;
  std::vector<Open> open;
  GramTable grams[kFields];
  WordTable words[kFields];
  std::size_t word_bytes = 0;

  Open& At(std::uint32_t index) {
    if (index == open.size()) open.push_back({arena.NewRow(), static_cast<Local>(-1), 0});
    return open[index];
  }

  void Put(std::uint32_t index, Local section, std::uint32_t place, bool with_place) {
    Open& term = At(index);
    if (term.section != section) {
      arena.Put(term.row, (section - term.section) * 2 + 1);  // from -1, so never 0
      if (with_place) arena.Put(term.row, place);
    } else {
      arena.Put(term.row, (place - term.place) * 2);
    }
    term.section = section;
    term.place = place;
  }

  void AddField(int field, Local section, const FieldTerms& terms) {
    for (std::size_t i = 0; i < terms.grams.size(); ++i) {
      if (terms.grams[i] == 0) continue;
      const std::uint32_t index =
          grams[field].FindOr(terms.grams[i], static_cast<std::uint32_t>(open.size()));
      Put(index, section, static_cast<std::uint32_t>(i), true);
    }
    const std::string_view all = terms.words;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find('\n', at), all.size());
      const std::string_view word = all.substr(at, end - at);
      at = end + 1;
      if (word.empty()) continue;
      auto found = words[field].find(word);
      if (found == words[field].end()) {
        found = words[field].emplace(word, static_cast<std::uint32_t>(open.size())).first;
        word_bytes += word.size() + 80;  // with the table's own
      }
      Put(found->second, section, 0, false);
    }
  }
};

Inverter::Inverter() : impl_(std::make_unique<Impl>()) {}
Inverter::~Inverter() = default;
Inverter::Inverter(Inverter&&) noexcept = default;
Inverter& Inverter::operator=(Inverter&&) noexcept = default;

void Inverter::Add(SectionNumber number, const FieldTerms& heading, const FieldTerms& text) {
  Impl& to = *impl_;
  const auto section = static_cast<Local>(to.sections.size());
  to.sections.numbers.push_back(number);
  for (const auto& [field, terms] : {std::pair(Field::kText, &text), {Field::kHeading, &heading}}) {
    to.sections.lengths[static_cast<int>(field)].push_back(terms->length());
    to.AddField(static_cast<int>(field), section, *terms);
  }
}

std::size_t Inverter::sections() const { return impl_->sections.size(); }

std::size_t Inverter::memory() const {
  return impl_->arena.size() + impl_->open.capacity() * sizeof(Open) + impl_->grams[0].size() +
         impl_->grams[1].size() + impl_->word_bytes + impl_->sections.size() * 16;
}

namespace {

// Terms in their order, with the bytes of all.
struct EncodedTerms {
  std::vector<std::string> keys;
  std::vector<EncodedTerm> terms;
  std::string bytes;
};

// What there is to write: keys with the places of their rows.
template <typename Key>
using Rows = std::vector<std::pair<Key, std::uint32_t>>;

std::string KeyOf(Field field, std::uint64_t gram) { return GramKey(field, gram); }
std::string KeyOf(Field field, std::string_view word) { return WordKey(field, word); }

template <typename Key>
EncodedTerms EncodeRows(const SliceArena& arena, const std::vector<Open>& open, Field field,
                        std::span<const std::pair<Key, std::uint32_t>> rows,
                        std::span<const std::uint32_t> lengths) {
  constexpr bool kGram = std::is_same_v<Key, std::uint64_t>;
  EncodedTerms out;
  std::string bytes;
  PostingList list;
  for (const auto& [key, index] : rows) {
    arena.Copy(open[index].row, bytes);
    bytes.append(kPadding, '\0');
    Unpack(bytes, kGram, list);
    out.keys.push_back(KeyOf(field, key));
    out.terms.push_back(EncodeTerm(list, kGram, lengths, out.bytes));
  }
  return out;
}

Status PutAll(const EncodedTerms& encoded, SegmentWriter& writer) {
  std::string_view rest = encoded.bytes;
  for (std::size_t i = 0; i < encoded.keys.size(); ++i) {
    const EncodedTerm& term = encoded.terms[i];
    const Status done = writer.Add(encoded.keys[i], term, rest.substr(0, term.size));
    if (!done) return done;
    rest.remove_prefix(term.size);
  }
  return {};
}

// Two threads encode, for that is most of the work; what they made is put in order.
template <typename Key>
Status WriteRows(const SliceArena& arena, const std::vector<Open>& open, Field field,
                 const Rows<Key>& rows, SegmentWriter& writer) {
  constexpr std::size_t kBatch = 4096;
  const std::span<const std::uint32_t> lengths = writer.sections().lengths[static_cast<int>(field)];
  const std::span<const std::pair<Key, std::uint32_t>> all(rows);
  const auto encode = [&](std::size_t from) {
    return EncodeRows<Key>(arena, open, field,
                           all.subspan(from, std::min(kBatch, all.size() - from)), lengths);
  };
  for (std::size_t at = 0; at < all.size(); at += 2 * kBatch) {
    std::future<EncodedTerms> second;
    if (at + kBatch < all.size()) second = std::async(std::launch::async, encode, at + kBatch);
    Status done = PutAll(encode(at), writer);
    if (second.valid()) {
      const EncodedTerms more = second.get();
      if (done) done = PutAll(more, writer);
    }
    if (!done) return done;
  }
  return {};
}

}  // namespace

Result<SegmentParts> Inverter::Write(const SegmentWriter::PutChunk& put) {
  const std::unique_ptr<Impl> from = std::exchange(impl_, std::make_unique<Impl>());
  SegmentWriter writer(std::move(from->sections), put);
  for (int field = 0; field < kFields; ++field) {
    const Status done = WriteRows<std::uint64_t>(from->arena, from->open, static_cast<Field>(field),
                                                 from->grams[field].Sorted(), writer);
    if (!done) return Pass(done);
  }
  for (int field = 0; field < kFields; ++field) {
    Rows<std::string_view> sorted(from->words[field].begin(), from->words[field].end());
    std::sort(sorted.begin(), sorted.end());
    const Status done = WriteRows<std::string_view>(from->arena, from->open,
                                                    static_cast<Field>(field), sorted, writer);
    if (!done) return Pass(done);
  }
  return writer.Finish();
}

}  // namespace sakuin::postings

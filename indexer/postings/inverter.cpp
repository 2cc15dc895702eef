#include "indexer/postings/inverter.h"

#include <algorithm>
#include <future>
#include <span>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "indexer/postings/gram_table.h"
#include "indexer/postings/slice_arena.h"

namespace sakuin::postings {
namespace {

// What is kept of a term: its row holds, for each occurrence, the distance from the one before in
// the section * 2, or where the section is another one, the distance of sections * 2 + 1 and then
// the position.
struct Open {
  SliceArena::Row row;
  Local section = kEnd;
  std::uint32_t place = 0;
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

  // Nearly every gram is another term, whose three places in memory are far from those of the one
  // before: a block of them is asked for at a time (what is called group prefetching: Chen et al.,
  // ICDE 2004).
  void AddGrams(int field, Local section, std::span<const std::uint64_t> all) {
    constexpr std::size_t kGroup = 32;
    std::uint32_t rows[kGroup];
    GramTable& table = grams[field];
    for (std::size_t from = 0; from < all.size(); from += kGroup) {
      const auto block = all.subspan(from, std::min(kGroup, all.size() - from));
      for (const std::uint64_t gram : block) table.Prefetch(gram);
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (block[i] == 0) continue;
        rows[i] = table.FindOr(block[i], static_cast<std::uint32_t>(open.size()));
        __builtin_prefetch(&At(rows[i]), 1);
      }
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (block[i] != 0) arena.Prefetch(open[rows[i]].row);
      }
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (block[i] != 0) Put(rows[i], section, static_cast<std::uint32_t>(from + i), true);
      }
    }
  }

  void AddField(int field, Local section, const FieldView& terms) {
    AddGrams(field, section, terms.grams);
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

void Inverter::Add(SectionNumber number, const FieldView& heading, const FieldView& text) {
  Impl& to = *impl_;
  const auto section = static_cast<Local>(to.sections.size());
  to.sections.numbers.push_back(number);
  for (const auto& [field, terms] : {std::pair(Field::kText, &text), {Field::kHeading, &heading}}) {
    to.sections.lengths[static_cast<int>(field)].push_back(
        static_cast<std::uint32_t>(terms->grams.size()));
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

#include "indexer/postings/inverter.h"

#include <algorithm>
#include <functional>
#include <future>
#include <span>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "indexer/base/ordered_queue.h"
#include "indexer/postings/gram_table.h"
#include "indexer/postings/group_encoder.h"
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

// Keys with the places of their rows, in the order in which they are written.
template <typename Key>
using Rows = std::vector<std::pair<Key, std::uint32_t>>;

std::string KeyOf(Field field, std::uint64_t gram) { return GramKey(field, gram); }
std::string KeyOf(Field field, std::string_view word) { return WordKey(field, word); }

Rows<std::string_view> Sorted(const WordTable& words) {
  Rows<std::string_view> out(words.begin(), words.end());
  std::sort(out.begin(), out.end());
  return out;
}

// Groups in their order, with the bytes of all.
struct EncodedGroups {
  std::vector<EncodedGroup> groups;
  std::string bytes;
};

struct RowEncoder {
  const SliceArena& arena;
  const std::vector<Open>& open;
  const SectionTable& sections;

  template <typename Key>
  EncodedGroups Encode(Field field, std::span<const std::pair<Key, std::uint32_t>> rows) const {
    constexpr bool kGram = std::is_same_v<Key, std::uint64_t>;
    EncodedGroups out;
    GroupEncoder encoder;
    std::string bytes;
    PostingList list;
    for (const auto& [key, index] : rows) {
      arena.Copy(open[index].row, bytes);
      bytes.append(kPadding, '\0');
      Unpack(bytes, kGram, list);
      encoder.Add(KeyOf(field, key), list, sections.lengths[static_cast<int>(field)]);
      if (encoder.full()) out.groups.push_back(encoder.Close(out.bytes));
    }
    if (!encoder.empty()) out.groups.push_back(encoder.Close(out.bytes));
    return out;
  }
};

using Task = std::function<EncodedGroups()>;

template <typename Key>
void AddTasks(const RowEncoder& encoder, Field field, const Rows<Key>& rows,
              std::vector<Task>& to) {
  constexpr std::size_t kBatch = 4096;  // whole groups
  const std::span<const std::pair<Key, std::uint32_t>> all(rows);
  for (std::size_t at = 0; at < all.size(); at += kBatch) {
    const auto batch = all.subspan(at, std::min(kBatch, all.size() - at));
    to.push_back([&encoder, field, batch] { return encoder.Encode<Key>(field, batch); });
  }
}

Status PutAll(const EncodedGroups& encoded, SegmentWriter& writer) {
  std::string_view rest = encoded.bytes;
  for (const EncodedGroup& group : encoded.groups) {
    const Status done = writer.Add(group, rest.substr(0, group.size));
    if (!done) return done;
    rest.remove_prefix(group.size);
  }
  return {};
}

// Two threads encode, some batches ahead, while this one hands on what they made, in order.
Status WriteAll(const std::vector<Task>& tasks, SegmentWriter& writer) {
  constexpr std::size_t kThreads = 2;
  constexpr std::size_t kAhead = 8;  // a batch has about 100 kB
  OrderedQueue<const Task*, EncodedGroups> queue(kAhead + 1);
  const auto work = [&queue] { queue.Run([](const Task* task) { return (*task)(); }); };
  std::future<void> threads[kThreads];
  for (auto& thread : threads) thread = std::async(std::launch::async, work);
  Status done;
  for (std::size_t given = 0, taken = 0; done && taken < tasks.size(); ++taken) {
    for (; given < tasks.size() && given < taken + kAhead; ++given) queue.Push(&tasks[given], 1);
    done = PutAll(*queue.Take(), writer);
  }
  queue.Stop();
  return done;
}

}  // namespace

Result<SegmentParts> Inverter::Write(const SegmentWriter::PutChunk& put) {
  const std::unique_ptr<Impl> from = std::exchange(impl_, std::make_unique<Impl>());
  SegmentWriter writer(std::move(from->sections), put);
  std::future<Rows<std::string_view>> sorting[kFields];
  for (int field = 0; field < kFields; ++field) {
    sorting[field] =
        std::async(std::launch::async, [&, field] { return Sorted(from->words[field]); });
  }
  Rows<std::uint64_t> grams[kFields];
  Rows<std::string_view> words[kFields];
  const RowEncoder encoder{from->arena, from->open, writer.sections()};
  std::vector<Task> tasks;
  for (int field = 0; field < kFields; ++field) {
    grams[field] = std::exchange(from->grams[field], GramTable()).Sorted();
    AddTasks(encoder, static_cast<Field>(field), grams[field], tasks);
  }
  for (int field = 0; field < kFields; ++field) {
    words[field] = sorting[field].get();
    AddTasks(encoder, static_cast<Field>(field), words[field], tasks);
  }
  if (const Status done = WriteAll(tasks, writer); !done) return Pass(done);
  return writer.Finish();
}

}  // namespace sakuin::postings

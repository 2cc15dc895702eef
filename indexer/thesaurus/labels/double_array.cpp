#include "indexer/thesaurus/labels/double_array.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kBmp = 0x10000;
constexpr std::size_t kHead = 4;  // characters that are sorted by counting

// Free places that are tried for a node of several children before the array grows.
constexpr int kMostTries = 16;
constexpr int kMostTriesTight = 20000;

}  // namespace

struct DoubleArray::Built {
  std::vector<std::uint32_t> bmp;
  std::vector<FarCode> beyond;
  std::vector<Cell> cells;
  std::vector<std::uint32_t> values;
  std::vector<Rest> rests;
  std::vector<std::uint32_t> rest_codes;
};

class DoubleArray::Builder {
 public:
  Builder(DoubleArray& out, const std::vector<std::u32string_view>& words,
          std::vector<std::uint32_t>& values, Packing packing)
      : out_(out), to_(*out.built_), words_(words), values_(values), packing_(packing) {}

  void Run() {
    MakeAlphabet();
    Sort();
    values_.assign(words_.size(), kNone);
    // Memory that is not used is never touched.
    to_.cells.reserve(words_.size() * 8 + out_.alphabet_ * 2);
    to_.values.reserve(to_.cells.capacity());
    Grow(out_.alphabet_ + 1);
    // Places below the alphabet would make a base negative.
    first_free_ = static_cast<std::uint32_t>(out_.alphabet_);
    to_.cells[0].check = kEnds - 2;  // the root is nobody's child, nor free
    open_.push_back({0, static_cast<std::uint32_t>(order_.size()), 0, 0});
    for (std::size_t i = 0; i < open_.size(); ++i) Place(Node(open_[i]));
    Grow(to_.cells.size() + out_.alphabet_ + 1);  // base + code never leads outside
  }

 private:
  struct Node {
    std::uint32_t begin = 0;  // of the sorted words
    std::uint32_t end = 0;
    std::uint32_t depth = 0;
    std::uint32_t cell = 0;
  };
  struct Group {
    std::uint32_t code = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  // Frequent characters get the small codes, which packs the array.
  void MakeAlphabet() {
    std::vector<std::uint32_t> counts(kBmp, 0);
    std::unordered_map<char32_t, std::uint32_t> beyond;
    for (const std::u32string_view word : words_) {
      characters_ += word.size();
      for (const char32_t c : word) ++(c < kBmp ? counts[c] : beyond[c]);
    }
    std::vector<std::pair<std::uint32_t, char32_t>> used;
    for (char32_t c = 0; c < kBmp; ++c) {
      if (counts[c] > 0) used.emplace_back(counts[c], c);
    }
    for (const auto& [c, count] : beyond) used.emplace_back(count, c);
    std::sort(used.begin(), used.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    to_.bmp.assign(kBmp, 0);
    for (const auto& [count, c] : used) {
      const auto code = static_cast<std::uint32_t>(out_.alphabet_++);
      if (c < kBmp) {
        to_.bmp[c] = code;
      } else {
        to_.beyond.push_back({static_cast<std::uint32_t>(c), code});
      }
    }
    std::sort(to_.beyond.begin(), to_.beyond.end(),
              [](const FarCode& a, const FarCode& b) { return a.character < b.character; });
    // Words become codes before the rest is there.
    out_.tables_.bmp = to_.bmp;
    out_.tables_.beyond = to_.beyond;
  }

  struct Key {
    std::uint64_t head = 0;  // the first four codes
    std::uint32_t word = 0;
  };

  // Words by their codes; equal words keep their order. Counting sorts the first four codes, which
  // tell most words apart.
  void Sort() {
    std::vector<Key> keys;
    keys.reserve(words_.size());
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      if (!words_[i].empty()) keys.push_back({Head(words_[i]), i});
    }
    std::vector<Key> sorted(keys.size());
    std::vector<std::uint32_t> starts;
    for (unsigned shift = 0; shift < 64; shift += 16) {
      starts.assign(std::min(out_.alphabet_, kBmp) + 1, 0);
      for (const Key& key : keys) ++starts[((key.head >> shift) & 0xFFFF) + 1];
      for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
      for (const Key& key : keys) sorted[starts[(key.head >> shift) & 0xFFFF]++] = key;
      keys.swap(sorted);
    }
    for (auto first = keys.begin(); first != keys.end();) {
      const auto last =
          std::find_if(first, keys.end(), [&](const Key& key) { return key.head != first->head; });
      if (last - first > 1) {
        std::sort(first, last, [this](const Key& a, const Key& b) { return Less(a.word, b.word); });
      }
      first = last;
    }
    Encode(keys);
  }

  // From here on a word is its place among the sorted ones, so that neighbours lie together.
  void Encode(const std::vector<Key>& keys) {
    codes_.reserve(characters_);
    begins_.reserve(keys.size() + 1);
    order_.reserve(keys.size());
    for (const Key& key : keys) {
      order_.push_back(key.word);
      begins_.push_back(static_cast<std::uint32_t>(codes_.size()));
      for (const char32_t c : words_[key.word]) codes_.push_back(out_.Code(c));
    }
    begins_.push_back(static_cast<std::uint32_t>(codes_.size()));
  }

  std::uint32_t Size(std::uint32_t word) const { return begins_[word + 1] - begins_[word]; }
  std::uint32_t CodeAt(std::uint32_t word, std::uint32_t depth) const {
    return codes_[begins_[word] + depth];
  }

  std::uint64_t Head(std::u32string_view word) const {
    std::uint64_t head = 0;
    for (std::size_t n = 0; n < kHead; ++n) {
      const std::uint64_t code = n < word.size() ? out_.Code(word[n]) : 0;
      head = (head << 16U) | std::min<std::uint64_t>(code, 0xFFFF);
    }
    return head;
  }

  // Of words with the same head.
  bool Less(std::uint32_t a, std::uint32_t b) const {
    const std::u32string_view left = words_[a];
    const std::u32string_view right = words_[b];
    const std::size_t size = std::min(left.size(), right.size());
    // Beyond 16 bits the codes of a head are not told apart.
    for (std::size_t i = out_.alphabet_ <= 0xFFFF ? kHead : 0; i < size; ++i) {
      if (left[i] != right[i]) return out_.Code(left[i]) < out_.Code(right[i]);
    }
    return left.size() != right.size() ? left.size() < right.size() : a < b;
  }

  static int Compare(const std::uint32_t* a, std::uint32_t a_size, const std::uint32_t* b,
                     std::uint32_t b_size) {
    const std::uint32_t size = std::min(a_size, b_size);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return a_size < b_size ? -1 : (a_size > b_size ? 1 : 0);
  }

  // Words [begin, end) agree in their first `depth` codes, which led to `cell`.
  void Place(Node node) {
    std::uint32_t value = kNone;
    for (; node.begin < node.end && Size(node.begin) == node.depth; ++node.begin) {
      value = std::min(value, order_[node.begin]);
      values_[order_[node.begin]] = value;
    }
    if (value != kNone) {
      to_.cells[node.cell].check |= kEnds;
      to_.values[node.cell] = value;
    }
    if (node.begin == node.end) return;
    const std::uint32_t last = node.end - 1;
    const std::uint32_t first = node.begin;
    if (node.cell != 0 && Compare(codes_.data() + begins_[first], Size(first),
                                  codes_.data() + begins_[last], Size(last)) == 0) {
      PlaceRest(node);
      return;
    }
    Split(node);
    const std::uint32_t base = FindBase();
    to_.cells[node.cell].base = base;
    for (const Group& group : groups_) {
      const std::uint32_t cell = base + group.code;
      Take(cell);
      to_.cells[cell].check = node.cell;
      open_.push_back({group.begin, group.end, node.depth + 1, cell});
    }
  }

  // A branch of one word, which may stand there several times.
  void PlaceRest(const Node& node) {
    const std::uint32_t word = node.begin;
    for (std::uint32_t i = node.begin; i < node.end; ++i) values_[order_[i]] = order_[word];
    to_.cells[node.cell].base = kRest | static_cast<std::uint32_t>(to_.rests.size());
    const auto begin = static_cast<std::uint32_t>(to_.rest_codes.size());
    to_.rests.push_back({begin, Size(word) - node.depth, order_[word]});
    const auto from = codes_.begin() + begins_[word];
    to_.rest_codes.insert(to_.rest_codes.end(), from + node.depth, from + Size(word));
  }

  void Split(const Node& node) {
    groups_.clear();
    for (std::uint32_t i = node.begin; i < node.end; ++i) {
      const std::uint32_t code = CodeAt(i, node.depth);
      if (groups_.empty() || groups_.back().code != code) groups_.push_back({code, i, i});
      groups_.back().end = i + 1;
    }
  }

  // Single children fill the holes from the front; several look where there was room last time.
  std::uint32_t FindBase() {
    const std::uint32_t first = groups_[0].code;
    const std::uint32_t last = groups_.back().code;
    const bool tight = packing_ == Packing::kTight;
    const int most_tries = tight ? kMostTriesTight : kMostTries;
    std::uint32_t at =
        groups_.size() == 1 || tight ? first_free_ : NextFree(std::max(rover_, first_free_));
    for (int tries = 0; tries < most_tries && !Fits(at - first); ++tries) at = NextFree(at + 1);
    if (!Fits(at - first)) at = static_cast<std::uint32_t>(to_.cells.size());
    if (groups_.size() > 1) rover_ = at;
    Grow(at - first + last + 1);
    return at - first;
  }

  bool Fits(std::uint32_t base) const {
    return std::all_of(groups_.begin(), groups_.end(), [&](const Group& group) {
      const std::uint32_t cell = base + group.code;
      return cell >= to_.cells.size() || IsFree(cell);
    });
  }

  bool IsFree(std::uint32_t cell) const { return to_.cells[cell].check == kFree; }

  std::uint32_t NextFree(std::uint32_t cell) const {
    while (cell < to_.cells.size() && !IsFree(cell)) ++cell;
    return cell;
  }

  void Take(std::uint32_t cell) {
    to_.cells[cell].check = 0;
    if (cell == first_free_) first_free_ = NextFree(cell);
  }

  void Grow(std::size_t size) {
    if (size <= to_.cells.size()) return;
    to_.cells.resize(size);
    to_.values.resize(size, kNone);
  }

  DoubleArray& out_;
  Built& to_;
  const std::vector<std::u32string_view>& words_;
  std::vector<std::uint32_t>& values_;
  Packing packing_;
  std::vector<std::uint32_t> codes_;   // of all words, one behind the other
  std::vector<std::uint32_t> begins_;  // of each word in codes_
  std::vector<std::uint32_t> order_;   // sorted place -> word
  std::vector<Node> open_;
  std::vector<Group> groups_;
  std::uint32_t first_free_ = 0;
  std::uint32_t rover_ = 0;
  std::size_t characters_ = 0;
};

DoubleArray DoubleArray::Build(const std::vector<std::u32string_view>& words,
                               std::vector<std::uint32_t>& values, Packing packing) {
  DoubleArray out;
  out.built_ = std::make_shared<Built>();
  Builder(out, words, values, packing).Run();
  const Built& built = *out.built_;
  out.tables_ = {built.bmp, built.beyond, built.cells, built.values, built.rests, built.rest_codes};
  return out;
}

std::unique_ptr<DoubleArray> DoubleArray::Over(const Tables& tables, std::size_t values,
                                               std::shared_ptr<const void> owner) {
  std::size_t alphabet = 1;
  for (const std::uint32_t code : tables.bmp) alphabet = std::max<std::size_t>(alphabet, code + 1U);
  for (const FarCode& one : tables.beyond)
    alphabet = std::max<std::size_t>(alphabet, one.code + 1U);
  const auto is_value = [values](std::uint32_t value) { return value < values; };
  bool sound = tables.bmp.size() == kBmp && tables.values.size() == tables.cells.size() &&
               tables.cells.size() >= alphabet;
  for (std::size_t i = 0; sound && i < tables.cells.size(); ++i) {
    const Cell& cell = tables.cells[i];
    sound = (cell.base & kRest) != 0 ? (cell.base & ~kRest) < tables.rests.size()
                                     : cell.base <= tables.cells.size() - alphabet;
    sound = sound && ((cell.check & kEnds) == 0 || is_value(tables.values[i]));
  }
  for (const Rest& rest : tables.rests) {
    sound = sound && is_value(rest.value) && rest.begin <= tables.rest_codes.size() &&
            rest.size <= tables.rest_codes.size() - rest.begin;
  }
  if (!sound) return nullptr;
  auto out = std::make_unique<DoubleArray>();
  out->alphabet_ = alphabet;
  out->tables_ = tables;
  out->owner_ = std::move(owner);
  return out;
}

void DoubleArray::Renumber(const std::vector<std::uint32_t>& numbers) {
  for (std::uint32_t& value : built_->values) {
    if (value != kNone) value = numbers[value];
  }
  for (Rest& rest : built_->rests) rest.value = numbers[rest.value];
}

std::size_t DoubleArray::MemoryBytes() const {
  return tables_.bmp.size_bytes() + tables_.cells.size_bytes() + tables_.values.size_bytes() +
         tables_.rests.size_bytes() + tables_.rest_codes.size_bytes();
}

}  // namespace sakuin::thesaurus

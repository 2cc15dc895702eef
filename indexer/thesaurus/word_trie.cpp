#include "indexer/thesaurus/word_trie.h"

#include <utility>

namespace sakuin::thesaurus {
namespace {

std::uint64_t KeyOf(std::uint32_t node, char32_t c) { return (std::uint64_t{node} << 21U) | c; }

}  // namespace

std::size_t WordTrie::SlotOf(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  // Fibonacci hashing: the high bits of the product are well mixed.
  std::size_t at = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 20U) & mask;
  while (slots_[at].node != 0 && slots_[at].key != key) at = (at + 1) & mask;
  return at;
}

std::uint32_t WordTrie::Child(std::uint32_t node, char32_t c) const {
  return slots_[SlotOf(KeyOf(node, c))].node;
}

void WordTrie::Grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : old) {
    if (slot.node != 0) slots_[SlotOf(slot.key)] = slot;
  }
}

std::uint32_t WordTrie::Add(std::u32string_view word, std::uint32_t value) {
  if (word.empty()) return kNone;
  std::uint32_t node = 0;
  for (const char32_t c : word) {
    if (values_.size() * 2 > slots_.size()) Grow();
    Slot& slot = slots_[SlotOf(KeyOf(node, c))];
    if (slot.node == 0) {
      slot = {KeyOf(node, c), static_cast<std::uint32_t>(values_.size())};
      values_.push_back(kNone);
    }
    node = slot.node;
  }
  if (word[0] < begins_.size()) begins_[word[0]] = true;
  if (values_[node] == kNone) values_[node] = value;
  return values_[node];
}

}  // namespace sakuin::thesaurus

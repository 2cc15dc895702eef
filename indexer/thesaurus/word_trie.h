#pragma once

// A set of folded words that is asked, at one place of a text, which of them begin there.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sakuin::thesaurus {

// A trie whose edges lie in one hash table: (node, character) -> node. Once filled it is only
// read, therefore thread-safe.
class WordTrie {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // Gives `word` a value if it has none yet. The value that it has then; kNone for an empty word.
  std::uint32_t Add(std::u32string_view word, std::uint32_t value);

  // Does any word begin with `c`? May say yes wrongly, for characters above U+FFFF.
  bool MayBegin(char32_t c) const { return c >= begins_.size() || begins_[c]; }

  // Calls hit(end, value) for every word that stands at text[begin, end), the shortest first.
  template <typename Hit>
  void At(std::u32string_view text, std::size_t begin, Hit&& hit) const {
    if (begin >= text.size() || !MayBegin(text[begin])) return;
    std::uint32_t node = 0;
    for (std::size_t i = begin; i < text.size(); ++i) {
      node = Child(node, text[i]);
      if (node == 0) return;
      if (values_[node] != kNone) hit(i + 1, values_[node]);
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t node = 0;  // 0 is the root, which is nobody's child: a free slot
  };

  std::uint32_t Child(std::uint32_t node, char32_t c) const;
  std::size_t SlotOf(std::uint64_t key) const;  // where it is, or where it would go
  void Grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // a power of two, at most half full
  std::vector<std::uint32_t> values_{kNone};         // one a node
  std::vector<bool> begins_ = std::vector<bool>(0x10000, false);
};

}  // namespace sakuin::thesaurus

#pragma once

// ICU's own dictionary of Chinese and Japanese words (cjdict), read through ICU's public interface.
// A word has a cost, the smaller the commoner. For text/han_cutter.h.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::text {

// Opens at once: the parts of the trie that texts ask for are unpacked when they are first asked
// for, and kept. Not thread-safe therefore: one a thread.
class HanDictionary {
 public:
  // kLibrary where ICU has none, or one of another form.
  static Result<HanDictionary> Open();

  // Changes with any byte of it. About 0.3 ms.
  std::uint64_t Checksum() const;

  // Calls put(length, cost) for each word that `text` begins with, the shortest first. `text` is
  // not empty, of characters from kFirst to kLast.
  template <typename Put>
  void Words(std::u16string_view text, const Put& put) {
    Slot slot = roots_[text[0] - kFirst];
    if (slot.unit == 0) slot = ReadRoot(text[0]);
    for (std::size_t length = 1;; ++length) {
      if (slot.cost != kNoWord) put(length, std::uint32_t{slot.cost});
      if (slot.node == 0 || length == text.size() || length == kLongest) return;
      slot = Child(slot.node, text[length]);
      if (slot.unit == 0) return;
    }
  }

  static constexpr char16_t kFirst = 0x3000;
  static constexpr char16_t kLast = 0x9FFF;
  static constexpr std::size_t kLongest = 20;  // ICU asks for no longer words

  HanDictionary(HanDictionary&&) noexcept;
  HanDictionary& operator=(HanDictionary&&) noexcept;
  ~HanDictionary();

 private:
  static constexpr std::uint16_t kNoWord = 0xFFFF;

  // What a character leads to. unit 0: nothing.
  struct Slot {
    char16_t unit = 0;
    std::uint16_t cost = kNoWord;  // of the word that ends here
    std::uint32_t node = 0;        // where it goes on; 0: nowhere
  };
  // What follows a beginning of words: a hash table of slots, once it was unpacked.
  struct Node {
    std::uint64_t state = 0;  // ICU's place in its trie
    std::uint32_t first = 0;
    std::uint32_t mask = 0;  // size of the table - 1; 0: not unpacked
  };
  struct Impl;

  explicit HanDictionary(std::unique_ptr<Impl> impl);
  Slot ReadRoot(char16_t unit);
  void Unpack(std::uint32_t node);
  Slot ReadSlot(char16_t unit);
  static std::uint32_t Hash(char16_t unit) { return (unit * 0x9E3779B1U) >> 16U; }

  Slot Child(std::uint32_t number, char16_t unit) {
    if (nodes_[number].mask == 0) Unpack(number);
    const Node& node = nodes_[number];
    for (std::uint32_t at = Hash(unit);; ++at) {
      const Slot& slot = slots_[node.first + (at & node.mask)];
      if (slot.unit == unit || slot.unit == 0) return slot;
    }
  }

  std::unique_ptr<Impl> impl_;
  std::vector<Slot> roots_;  // by character - kFirst
  std::vector<Node> nodes_;
  std::vector<Slot> slots_;
};

}  // namespace sakuin::text

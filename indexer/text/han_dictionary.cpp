#include "indexer/text/han_dictionary.h"

#include <unicode/appendable.h>
#include <unicode/ucharstrie.h>
#include <unicode/udata.h>
#include <unicode/unistr.h>

#include <cstring>
#include <utility>

#include "indexer/base/icu.h"
#include "indexer/base/mix.h"

namespace sakuin::text {
namespace {

// The head of ICU's dictionary files: eight numbers (dictionarydata.h of ICU).
struct Head {
  std::int32_t trie;  // where it begins, in bytes
  std::int32_t reserved1;
  std::int32_t reserved2;
  std::int32_t size;  // of all, in bytes
  std::int32_t type;
  std::int32_t transform;
  std::int32_t reserved6;
  std::int32_t reserved7;
};
constexpr std::int32_t kTypeMask = 7;
constexpr std::int32_t kTrieOfUtf16 = 1;
constexpr std::int32_t kHasValues = 8;

}  // namespace

struct HanDictionary::Impl {
  icu::LocalUDataMemoryPointer data;
  const char* bytes;
  std::size_t size;
  icu::UCharsTrie trie;
};

Result<HanDictionary> HanDictionary::Open() {
  IcuCheck icu;
  icu::LocalUDataMemoryPointer data(udata_open(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", icu));
  if (icu.Failed()) return icu.AsError("cannot open the dictionary of Chinese and Japanese");
  const auto* const bytes = static_cast<const char*>(udata_getMemory(data.getAlias()));
  Head head{};
  std::memcpy(&head, bytes, sizeof head);
  const bool known = (head.type & kTypeMask) == kTrieOfUtf16 && (head.type & kHasValues) != 0 &&
                     head.transform == 0 && head.trie >= static_cast<std::int32_t>(sizeof head) &&
                     head.size > head.trie;
  if (!known) return Fail(ErrorCode::kLibrary, "ICU's dictionary has another form", "cjdict");
  const auto* const trie = reinterpret_cast<const char16_t*>(bytes + head.trie);
  return HanDictionary(std::make_unique<Impl>(
      Impl{std::move(data), bytes, static_cast<std::size_t>(head.size), icu::UCharsTrie(trie)}));
}

// Four sums side by side, so that no multiplication waits for another.
std::uint64_t HanDictionary::Checksum() const {
  std::uint64_t sums[4] = {impl_->size, 1, 2, 3};
  for (std::size_t at = 0; at + sizeof sums <= impl_->size; at += sizeof sums) {
    std::uint64_t words[4];
    std::memcpy(words, impl_->bytes + at, sizeof words);
    for (std::size_t i = 0; i < 4; ++i) {
      sums[i] = (sums[i] ^ words[i]) * 0x9e3779b97f4a7c15ULL;
      sums[i] ^= sums[i] >> 32U;
    }
  }
  std::uint64_t rest[4] = {};
  std::memcpy(rest, impl_->bytes + impl_->size / sizeof rest * sizeof rest,
              impl_->size % sizeof rest);
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = Mix(out ^ Mix(sums[i] ^ rest[i]));
  return out;
}

// What the trie's last step has led to.
HanDictionary::Slot HanDictionary::ReadSlot(char16_t unit) {
  Slot out;
  const UStringTrieResult found = impl_->trie.current();
  if (found == USTRINGTRIE_NO_MATCH) return out;
  out.unit = unit;
  if (USTRINGTRIE_HAS_VALUE(found)) out.cost = static_cast<std::uint16_t>(impl_->trie.getValue());
  if (USTRINGTRIE_HAS_NEXT(found)) {
    out.node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({impl_->trie.getState64(), 0, 0});
  }
  return out;
}

HanDictionary::Slot HanDictionary::ReadRoot(char16_t unit) {
  impl_->trie.first(unit);
  Slot slot = ReadSlot(unit);
  slot.unit = unit;  // what begins no word is no word, and goes nowhere
  roots_[unit - kFirst] = slot;
  return slot;
}

void HanDictionary::Unpack(std::uint32_t number) {
  const std::uint64_t state = nodes_[number].state;
  icu::UnicodeString units;
  icu::UnicodeStringAppendable to(units);
  impl_->trie.resetToState64(state);
  impl_->trie.getNextUChars(to);
  std::uint32_t size = 2;
  while (size < 2 * static_cast<std::uint32_t>(units.length())) size *= 2;
  const auto first = static_cast<std::uint32_t>(slots_.size());
  slots_.resize(first + size);
  for (std::int32_t i = 0; i < units.length(); ++i) {
    const char16_t unit = units.charAt(i);
    impl_->trie.resetToState64(state);
    impl_->trie.next(unit);
    std::uint32_t at = Hash(unit);
    while (slots_[first + (at & (size - 1))].unit != 0) ++at;
    slots_[first + (at & (size - 1))] = ReadSlot(unit);
  }
  nodes_[number].first = first;
  nodes_[number].mask = size - 1;
}

HanDictionary::HanDictionary(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)), roots_(kLast - kFirst + 1), nodes_(1) {}
HanDictionary::HanDictionary(HanDictionary&&) noexcept = default;
HanDictionary& HanDictionary::operator=(HanDictionary&&) noexcept = default;
HanDictionary::~HanDictionary() = default;

}  // namespace sakuin::text

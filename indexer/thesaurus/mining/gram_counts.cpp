#include "indexer/thesaurus/mining/gram_counts.h"

#include "indexer/base/mix.h"

namespace sakuin::thesaurus {

std::uint64_t GramCounts::KeyOf(std::u32string_view text) {
  std::uint64_t key = text.size();
  for (const char32_t c : text) key = Mix(key ^ (c + 0x9E3779B97F4A7C15ULL));
  return key;
}

void GramCounts::Add(std::uint64_t key) {
  const auto [there, added] = entries_.emplace(key, Entry{0, bucket_});
  ++there->second.count;
  if (added && entries_.size() > most_) Prune();
}

void GramCounts::Prune() {
  // At least half goes, so that pruning stays rare.
  while (entries_.size() > most_ / 2) {
    ++bucket_;
    std::erase_if(entries_, [this](const auto& item) {
      return item.second.count + item.second.missed <= bucket_;
    });
  }
}

std::uint32_t GramCounts::Count(std::uint64_t key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? 0 : found->second.count;
}

}  // namespace sakuin::thesaurus

#pragma once

// The pairs that all findings of a knowledge base are made of, by their ids: a cache, kept until
// the next change of its articles.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indexer/base/result.h"

namespace sakuin::store {

// Ids as the numbers that their 16 hex digits are.
struct IndexedPair {
  std::uint64_t tension = 0;
  std::uint64_t finding = 0;
  std::uint64_t a = 0;  // advice
  std::uint64_t b = 0;
};

std::uint64_t IdToNumber(const std::string& id);
std::string NumberToId(std::uint64_t number);

// Nothing where there is none of the present generation.
Result<std::optional<std::vector<IndexedPair>>> ReadFindingIndex(const std::string& kb);

// Of what was found at that generation (IndexInfo); does nothing where the knowledge base has moved
// on, or has it already. Fails with kReadOnly and kLocked: whoever calls can do without.
Status WriteFindingIndex(const std::string& kb, std::int64_t generation,
                         const std::vector<IndexedPair>& pairs);

}  // namespace sakuin::store

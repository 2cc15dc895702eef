#pragma once

// What a section says twice: a sentence often names one action in several words.

#include <cstddef>
#include <optional>
#include <vector>

#include "indexer/advice/measuring/measures.h"
#include "indexer/advice/scope.h"
#include "indexer/model/advice.h"

namespace sakuin::advice {

// Which of the sentence's statements `made` (not told: no advice) says first what its n-th does;
// Measures::kNone: one of `said`, of earlier sentences. `owners`: the answers for those before it.
// Pure; O(said + n).
std::size_t FirstToSay(const SentenceInput& sentence, const std::vector<model::Advice>& said,
                       const std::vector<std::optional<model::Advice>>& made,
                       const std::vector<std::size_t>& owners, std::size_t n);

}  // namespace sakuin::advice

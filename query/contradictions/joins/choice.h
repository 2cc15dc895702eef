#pragma once

// Of many positions that differ in windows and amounts, few that stand for all.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "indexer/model/advice.h"

namespace sakuin::contradictions {

// Places of at most about `most` of `count`, ascending; of no more, all. Those with the smallest
// and the largest amount of each part are among them, so that whatever is apart from any is apart
// from one of these; then one of each window; then the most emphatic.
std::vector<std::size_t> ChooseSome(
    std::size_t count, std::size_t most,
    const std::function<const model::Advice&(std::size_t)>& advice_of);

}  // namespace sakuin::contradictions

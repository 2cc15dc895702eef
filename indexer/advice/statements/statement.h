#pragma once

// What is said of one action -> a piece of advice.

#include <optional>

#include "indexer/advice/scope.h"
#include "indexer/advice/statements/surroundings.h"
#include "indexer/model/advice.h"

namespace sakuin::advice {

// Nothing where it is no advice; `why` then says so.
std::optional<model::Advice> MakeStatement(const SentenceInput& sentence, std::size_t at,
                                           const Governed& governed, const Surroundings& around,
                                           const char*& why);

// The words of the sentence that say what it is good or bad for; nothing where it gives none.
std::optional<model::Span> ReasonOf(const SentenceInput& sentence, std::size_t at,
                                    const Governed& governed, const text::Folded& folded);

}  // namespace sakuin::advice

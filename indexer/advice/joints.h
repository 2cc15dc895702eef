#pragma once

// Which of a sentence's actions are one list: only joining words stand between them.

#include <cstddef>

#include "indexer/advice/scope.h"

namespace sakuin::advice {

// Only joining words and actions stand in text[begin, end).
bool Joined(const SentenceInput& sentence, std::size_t begin, std::size_t end);

// Do only joining words and other actions stand between two of the sentence's actions?
bool AreJoined(const SentenceInput& sentence, std::size_t first, std::size_t second);

// The same, or a joining word and little else: "smoking or long drinking".
bool AreLinked(const SentenceInput& sentence, std::size_t first, std::size_t second);

// Two of one list, of which something between has no name here: "beer, offal and massage".
bool AreListed(const SentenceInput& sentence, std::size_t first, std::size_t second);

}  // namespace sakuin::advice

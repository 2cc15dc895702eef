#pragma once

// The second of three passes (lexer, tidy, parser): makes a list of tokens that the grammar can
// read without a mistake, whatever was typed.

#include "query/syntax/lexer.h"

namespace sakuin::syntax {

// Levels of brackets, exclusions and fields that are kept.
inline constexpr int kDeepestNesting = 16;

// In the result:
// - brackets are balanced and hold at least two tokens, or an exclusion or field with its operand;
// - no phrase is blank;
// - OR, AND and NEAR stand between two operands, NEAR between words, phrases or prefixes;
// - behind every minus, NOT and field stands an operand;
// - nothing is nested deeper than kDeepestNesting.
// What had to be changed for that is added to the notes, not in order. Never fails; linear.
Tokens Tidy(Tokens tokens);

}  // namespace sakuin::syntax

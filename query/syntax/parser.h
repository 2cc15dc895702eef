#pragma once

// Query text -> Ast.

#include <string>
#include <string_view>

#include "query/syntax/ast.h"

namespace sakuin::syntax {

// Any text is a valid query: what does not parse as syntax is read as words and noted. NUL and
// other control characters count as blanks; malformed UTF-8 bytes as U+FFFD. Beyond 512
// characters only the first 32 terms are kept (noted); nesting deeper than 16 is flattened
// (noted). Law: Parse(Unparse(Parse(q).root)).root == Parse(q).root. Pure and thread-safe.
Ast Parse(std::string_view query);

// A query text that reads as `node` again.
std::string Unparse(const Node& node);

// The whole text as one kTerm per blank-separated word, nothing read as syntax: for trec topics.
Ast ParseFreeText(std::string_view query);

}  // namespace sakuin::syntax

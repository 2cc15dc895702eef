#pragma once

// Query text -> Ast.

#include <string>
#include <string_view>

#include "query/syntax/ast.h"

namespace sakuin::syntax {

// Any text is a valid query: what does not parse as syntax is read as words and noted. NUL and
// other control characters count as blanks; malformed UTF-8 bytes as U+FFFD. Beyond 512
// characters only the first 32 terms are kept (noted); nesting deeper than 16 is flattened
// (noted). A query of nothing but quotation marks, brackets and minuses is one phrase of them.
// At most 16 notes, in the order of the query. Linear in the query. Pure and thread-safe.
Ast Parse(std::string_view query);

// The query text, as short as it can be, that reads as `root` (of Parse) again.
// Law: Parse(Unparse(Parse(q).root)).root == Parse(q).root, unless writing out what `q` left open
// takes a text of more than 32 terms across the limit of 512 characters.
std::string Unparse(const Node& root);

// The whole text as one kTerm per blank-separated word, nothing read as syntax: for trec topics.
// Blanks, malformed bytes and the limit of 512 characters are as in Parse.
Ast ParseFreeText(std::string_view query);

}  // namespace sakuin::syntax

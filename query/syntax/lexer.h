#pragma once

// Query text -> tokens with positions. Everything that is no syntax is a word. A token says what
// its letters are; whether an operator really has operands is decided by Tidy (tidy.h).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/syntax/ast.h"

namespace sakuin::syntax {

enum class TokenKind : std::uint8_t {
  kWord,
  kPhrase,
  kPrefix,
  kOpen,   // (
  kClose,  // )
  kMinus,  // - directly before something
  kField,  // name: directly before something
  kOr,
  kAnd,
  kNot,
  kNear,
};

struct Token {
  TokenKind kind = TokenKind::kWord;
  std::string text;       // kWord, kPhrase, kPrefix, kField; as it was written for the operators
  int distance = 0;       // kNear
  std::size_t begin = 0;  // bytes of the query
  std::size_t end = 0;
  bool glued = false;  // nothing stands between it and the token before
};

struct Tokens {
  std::vector<Token> tokens;
  std::vector<Note> notes;
};

// Never fails; linear in the query. Pure and thread-safe.
Tokens Tokenize(std::string_view query);

// The note about a field's name that is followed by nothing.
inline constexpr const char* kNothingBehindField =
    "nothing stands behind the field: searched as text";

// Is `name` a field of the query language?
bool IsField(std::string_view name);

// Would `word` by itself be read as OR, AND, NOT, NEAR or NEAR/n?
bool IsOperator(std::string_view word);

// Blanks of the query language: Unicode's White_Space and every control character of ASCII.
bool IsBlank(char32_t c);

}  // namespace sakuin::syntax

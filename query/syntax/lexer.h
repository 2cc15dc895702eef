#pragma once

// Query text -> tokens with positions. Everything that is no syntax is a word.

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
  kOpen,    // (
  kClose,   // )
  kMinus,   // - directly before something
  kField,   // name: directly before something
  kOr,
  kAnd,
  kNot,
  kNear,
};

struct Token {
  TokenKind kind = TokenKind::kWord;
  std::string text;    // kWord, kPhrase, kPrefix, kField; as it was written for the operators
  int distance = 0;    // kNear
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

// Is `name` a field of the query language?
bool IsField(std::string_view name);

}  // namespace sakuin::syntax

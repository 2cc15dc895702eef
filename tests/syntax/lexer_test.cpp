#include "query/syntax/lexer.h"

#include "indexer/base/utf8.h"
#include "query/syntax/tidy.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"

namespace sakuin {
namespace {

using syntax::Token;
using syntax::Tokenize;
using syntax::TokenKind;
using syntax::Tokens;

bool IsLeaf(TokenKind kind) {
  return kind == TokenKind::kWord || kind == TokenKind::kPhrase || kind == TokenKind::kPrefix;
}

bool IsWrap(TokenKind kind) {
  return kind == TokenKind::kMinus || kind == TokenKind::kNot || kind == TokenKind::kField;
}

bool IsBinary(TokenKind kind) {
  return kind == TokenKind::kOr || kind == TokenKind::kAnd || kind == TokenKind::kNear;
}

TEST_CASE("tokens cover everything but the blanks in order") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    const std::string query = test::RandomQuery(seed);
    INFO(query);
    std::size_t at = 0;
    for (const Token& token : Tokenize(query).tokens) {
      REQUIRE(token.begin >= at);
      REQUIRE(token.begin < token.end);
      REQUIRE(utf8::Trim(query.substr(at, token.begin - at)).empty());
      REQUIRE(token.glued == (token.begin == at && at > 0));
      at = token.end;
    }
    REQUIRE(utf8::Trim(query.substr(at)).empty());
  }
}

TEST_CASE("a token says what its letters are") {
  const Tokens out = Tokenize("title:-\"a b\" OR c* NEAR/7 (d)");
  const std::vector<TokenKind> kinds = {TokenKind::kField, TokenKind::kMinus,  TokenKind::kPhrase,
                                        TokenKind::kOr,    TokenKind::kPrefix, TokenKind::kNear,
                                        TokenKind::kOpen,  TokenKind::kWord,   TokenKind::kClose};
  REQUIRE(out.tokens.size() == kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) CHECK(out.tokens[i].kind == kinds[i]);
  CHECK(out.tokens[0].text == "title");
  CHECK(out.tokens[2].text == "a b");
  CHECK(out.tokens[5].distance == 7);
  CHECK(out.tokens[5].text == "NEAR/7");
}

TEST_CASE("operators and fields are known by their exact names") {
  for (const char* word : {"OR", "AND", "NOT", "NEAR", "NEAR/1", "NEAR/99999"}) {
    CHECK(syntax::IsOperator(word));
  }
  for (const char* word : {"or", "", "NEAR/", "NEAR/x", "NEAR/1x", "ORA", " OR"}) {
    CHECK_FALSE(syntax::IsOperator(word));
  }
  for (const char* name :
       {"title", "heading", "condition", "aspect", "lang", "site", "published"}) {
    CHECK(syntax::IsField(name));
  }
  for (const char* name : {"", "Title", "titles", "text", "http"})
    CHECK_FALSE(syntax::IsField(name));
}

TEST_CASE("tidy tokens need no second look") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const std::string query = test::RandomQuery(seed);
    INFO(query);
    const std::vector<Token> tokens = syntax::Tidy(Tokenize(query)).tokens;
    int open = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const TokenKind kind = tokens[i].kind;
      const TokenKind before = i == 0 ? TokenKind::kOpen : tokens[i - 1].kind;
      const TokenKind after = i + 1 < tokens.size() ? tokens[i + 1].kind : TokenKind::kClose;
      open += kind == TokenKind::kOpen ? 1 : kind == TokenKind::kClose ? -1 : 0;
      REQUIRE(open >= 0);
      REQUIRE(open <= syntax::kDeepestNesting);
      if (kind == TokenKind::kClose) REQUIRE(before != TokenKind::kOpen);
      if (kind == TokenKind::kPhrase) REQUIRE(!utf8::Trim(tokens[i].text).empty());
      if (kind == TokenKind::kNear) REQUIRE((IsLeaf(before) && IsLeaf(after)));
      if (IsBinary(kind)) REQUIRE((IsLeaf(before) || before == TokenKind::kClose));
      if (IsBinary(kind) || IsWrap(kind)) {
        REQUIRE((IsLeaf(after) || IsWrap(after) || after == TokenKind::kOpen));
      }
    }
    REQUIRE(open == 0);
  }
}

}  // namespace
}  // namespace sakuin

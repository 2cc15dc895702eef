#include "query/syntax/tidy.h"

#include <utility>

#include "indexer/base/utf8.h"

namespace sakuin::syntax {
namespace {

bool IsWrap(TokenKind kind) {
  return kind == TokenKind::kMinus || kind == TokenKind::kNot || kind == TokenKind::kField;
}

bool IsBinary(TokenKind kind) {
  return kind == TokenKind::kOr || kind == TokenKind::kAnd || kind == TokenKind::kNear;
}

bool IsLeaf(TokenKind kind) {
  return kind == TokenKind::kWord || kind == TokenKind::kPhrase || kind == TokenKind::kPrefix;
}

bool BeginsOperand(TokenKind kind) {
  return IsLeaf(kind) || IsWrap(kind) || kind == TokenKind::kOpen;
}

// Pairs the brackets, takes out the needless ones and everything that is empty.
class Balancer {
 public:
  explicit Balancer(std::vector<Note>& notes) : notes_(notes) {}

  std::vector<Token> Run(std::vector<Token> tokens) {
    const std::size_t end = tokens.empty() ? 0 : tokens.back().end;
    for (Token& token : tokens) Take(std::move(token));
    while (!open_.empty()) {
      const Token& open = out_[open_.back()];
      notes_.push_back({open.begin, open.end, "this bracket is not closed: read to the end"});
      Close({TokenKind::kClose, ")", 0, end, end, false});
    }
    return std::move(out_);
  }

 private:
  void Take(Token token) {
    if (token.kind == TokenKind::kClose) {
      if (!open_.empty()) return Close(std::move(token));
      notes_.push_back({token.begin, token.end, "this bracket closes nothing: left out"});
      return;
    }
    if (token.kind == TokenKind::kPhrase && utf8::Trim(token.text).empty()) {
      notes_.push_back({token.begin, token.end, "nothing stands in the quotation: left out"});
      return DropWraps();
    }
    if (token.kind == TokenKind::kOpen) open_.push_back(out_.size());
    // Directly behind a minus or a field even OR is a word: nothing else can be meant.
    const bool bound = !out_.empty() && (out_.back().kind == TokenKind::kMinus ||
                                         out_.back().kind == TokenKind::kField);
    if (bound && (IsBinary(token.kind) || token.kind == TokenKind::kNot)) {
      token.kind = TokenKind::kWord;
    }
    out_.push_back(std::move(token));
  }

  void Close(Token token) {
    const std::size_t open = open_.back();
    const std::size_t inside = out_.size() - open - 1;
    open_.pop_back();
    if (inside == 0) {
      const std::string message = "nothing stands between the brackets: left out";
      notes_.push_back({out_.back().begin, token.end, message});
      out_.pop_back();
      return DropWraps();
    }
    if (inside > 1) return out_.push_back(std::move(token));
    Token only = std::move(out_.back());  // (x) is x, and so "(OR)" is the word
    if (!IsLeaf(only.kind)) only.kind = TokenKind::kWord;
    out_.pop_back();
    out_.back() = std::move(only);
  }

  // What stood behind them is gone: a minus says nothing then, a field's name is text.
  void DropWraps() {
    while (!out_.empty() && out_.back().kind == TokenKind::kMinus) out_.pop_back();
    if (out_.empty() || out_.back().kind != TokenKind::kField) return;
    Token& field = out_.back();
    notes_.push_back({field.begin, field.end, kNothingBehindField});
    field.kind = TokenKind::kWord;
    field.text += ':';
  }

  std::vector<Note>& notes_;
  std::vector<Token> out_;
  std::vector<std::size_t> open_;  // indices into out_
};

// NEAR between what has no single place in a text can only mean that both must be there.
bool NearFits(const std::vector<Token>& tokens, std::size_t at) {
  return IsLeaf(tokens[at - 1].kind) && IsLeaf(tokens[at + 1].kind);
}

// Operators without operands become words.
void Resolve(std::vector<Token>& tokens, std::vector<Note>& notes) {
  bool operand = false;  // does one end directly before?
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    const bool more = i + 1 < tokens.size() && BeginsOperand(tokens[i + 1].kind);
    const bool binary = IsBinary(token.kind);
    if ((binary && !(operand && more)) || (token.kind == TokenKind::kNot && !more)) {
      notes.push_back(
          {token.begin, token.end, "this operator has nothing to work on: searched as a word"});
      token.kind = TokenKind::kWord;
    } else if (token.kind == TokenKind::kNear && !NearFits(tokens, i)) {
      notes.push_back(
          {token.begin, token.end, "NEAR joins words and quotations only: read as AND"});
      token.kind = TokenKind::kAnd;
    }
    operand = IsLeaf(token.kind) || token.kind == TokenKind::kClose;
  }
}

// Takes out the brackets, exclusions and fields that stand too deep, never a word.
std::vector<Token> Flatten(std::vector<Token> tokens, std::vector<Note>& notes) {
  struct Open {
    int level;  // outside of it
    bool kept;
  };
  std::vector<Token> out;
  std::vector<Open> open;
  int level = 0;
  int wraps = 0;  // directly before
  for (Token& token : tokens) {
    bool kept = true;
    if (IsWrap(token.kind) || token.kind == TokenKind::kOpen) {
      kept = level + wraps < kDeepestNesting;
      if (!kept) notes.push_back({token.begin, token.end, "nested too deep: left out"});
    }
    if (token.kind == TokenKind::kOpen) {
      open.push_back({level, kept});
      level += wraps + (kept ? 1 : 0);
      wraps = 0;
    } else if (token.kind == TokenKind::kClose) {
      kept = open.back().kept;
      level = open.back().level;
      open.pop_back();
      wraps = 0;
    } else {
      wraps = IsWrap(token.kind) ? wraps + (kept ? 1 : 0) : 0;
    }
    if (kept) out.push_back(std::move(token));
  }
  return out;
}

}  // namespace

Tokens Tidy(Tokens tokens) {
  tokens.tokens = Balancer(tokens.notes).Run(std::move(tokens.tokens));
  Resolve(tokens.tokens, tokens.notes);
  tokens.tokens = Flatten(std::move(tokens.tokens), tokens.notes);
  return tokens;
}

}  // namespace sakuin::syntax

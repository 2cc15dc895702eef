#include "query/syntax/parser.h"

#include <algorithm>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/syntax/lexer.h"

namespace sakuin::syntax {
namespace {

constexpr std::size_t kLongestQuery = 512;  // characters
constexpr std::size_t kMostTerms = 32;
constexpr int kDeepest = 16;

// query = unit*            (all must match)
// unit  = near ("OR" near)*
// near  = item ("NEAR/n" item)*
// item  = ("-" | "NOT") item | field ":" item | "(" query ")" | word | phrase | prefix
class Parser {
 public:
  Parser(Tokens tokens, std::size_t most_terms)
      : tokens_(std::move(tokens.tokens)), left_(most_terms) {
    ast_.notes = std::move(tokens.notes);
  }

  Ast Run() {
    ast_.root = Query(0);
    while (at_ < tokens_.size()) {  // a closing bracket too many
      Say(tokens_[at_++], "this bracket closes nothing: left out");
      Node more = Query(0);
      std::move(more.children.begin(), more.children.end(), std::back_inserter(ast_.root.children));
    }
    if (ast_.root.children.size() == 1 && ast_.root.children[0].kind == NodeKind::kAll) {
      Node inside = std::move(ast_.root.children[0]);
      ast_.root = std::move(inside);
    }
    if (dropped_) {
      ast_.notes.push_back({0, 0, "the query is long: its first " + std::to_string(kMostTerms) +
                                      " terms are used"});
    }
    const auto is_not = [](const Node& n) { return n.kind == NodeKind::kNot; };
    if (!ast_.root.children.empty() &&
        std::all_of(ast_.root.children.begin(), ast_.root.children.end(), is_not)) {
      ast_.notes.push_back({0, 0, "only exclusions: nothing was asked for"});
    }
    return std::move(ast_);
  }

 private:
  bool Has(TokenKind kind) const { return at_ < tokens_.size() && tokens_[at_].kind == kind; }
  void Say(const Token& token, std::string message) {
    ast_.notes.push_back({token.begin, token.end, std::move(message)});
  }

  // Can an operand begin here?
  bool HasOperand() const {
    return at_ < tokens_.size() && tokens_[at_].kind != TokenKind::kClose;
  }

  Node Query(int depth) {
    Node out;
    out.begin = at_ < tokens_.size() ? tokens_[at_].begin : 0;
    while (HasOperand()) {
      if (Has(TokenKind::kAnd)) {
        Token token = tokens_[at_++];
        const bool between = !out.children.empty() && HasOperand();
        if (!between) AddTerm(out, Word(token));
        continue;
      }
      AddTerm(out, Unit(depth));
    }
    if (!out.children.empty()) {
      out.begin = out.children.front().begin;
      out.end = out.children.back().end;
    }
    return out;
  }

  static bool IsEmpty(const Node& node) {
    return node.kind == NodeKind::kAll && node.children.empty();
  }

  static void AddTerm(Node& to, Node node) {
    if (!IsEmpty(node)) to.children.push_back(std::move(node));
  }

  Node Unit(int depth) {
    Node first = Near(depth);
    if (!Has(TokenKind::kOr)) return first;
    Node any;
    any.kind = NodeKind::kAny;
    AddTerm(any, std::move(first));
    while (Has(TokenKind::kOr)) {
      const bool operand = at_ + 1 < tokens_.size() &&
                           tokens_[at_ + 1].kind != TokenKind::kClose &&
                           tokens_[at_ + 1].kind != TokenKind::kOr;
      if (!operand) {
        tokens_[at_].kind = TokenKind::kWord;  // nothing behind it: a word like any other
        tokens_[at_].text = "or";
        break;
      }
      ++at_;
      AddTerm(any, Near(depth));
    }
    return Collapse(std::move(any));
  }

  static Node Collapse(Node group) {
    if (group.children.size() == 1) return std::move(group.children[0]);
    if (!group.children.empty()) {
      group.begin = group.children.front().begin;
      group.end = group.children.back().end;
    }
    if (group.children.empty()) group.kind = NodeKind::kAll;
    return group;
  }

  static bool IsNearOperand(const Node& node) {
    return node.kind == NodeKind::kTerm || node.kind == NodeKind::kPhrase ||
           node.kind == NodeKind::kPrefix;
  }

  Node Near(int depth) {
    Node first = Item(depth);
    if (!Has(TokenKind::kNear) || !IsNearOperand(first)) return first;
    Node near;
    near.kind = NodeKind::kNear;
    near.children.push_back(std::move(first));
    while (Has(TokenKind::kNear)) {
      const std::size_t mark = at_;
      const Token token = tokens_[at_++];
      const bool operand = Has(TokenKind::kWord) || Has(TokenKind::kPhrase) || Has(TokenKind::kPrefix);
      if (!operand) {
        at_ = mark;
        break;
      }
      Node next = Item(depth);
      if (IsEmpty(next)) break;
      if (near.distance != 0 && near.distance != token.distance) {
        Say(token, "a chain of NEAR has one distance: the smallest is used");
      }
      near.distance = near.distance == 0 ? token.distance : std::min(near.distance, token.distance);
      near.children.push_back(std::move(next));
    }
    return Collapse(std::move(near));
  }

  // An operator that stands where it operates on nothing is a word like any other.
  // In small letters, so that it reads as a word when it is printed and read again.
  Node Word(Token token) {
    if (token.kind != TokenKind::kWord) {
      for (char& c : token.text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
    }
    return Leaf(token, NodeKind::kTerm);
  }

  Node Leaf(const Token& token, NodeKind kind) {
    if (token.kind == TokenKind::kPhrase && utf8::Trim(token.text).empty()) return Node{};
    if (left_ == 0) {
      dropped_ = true;
      return Node{};
    }
    --left_;
    Node out;
    out.kind = kind;
    out.text = token.text;
    out.begin = token.begin;
    out.end = token.end;
    return out;
  }

  Node Item(int depth) {
    const Token token = tokens_[at_++];
    switch (token.kind) {
      case TokenKind::kPhrase: return Leaf(token, NodeKind::kPhrase);
      case TokenKind::kPrefix: return Leaf(token, NodeKind::kPrefix);
      case TokenKind::kOpen: return Group(token, depth);
      case TokenKind::kMinus:
      case TokenKind::kNot:
        return HasOperand() && depth < kDeepest ? Wrap(token, NodeKind::kNot, depth) : Word(token);
      case TokenKind::kField:
        return HasOperand() && depth < kDeepest ? Wrap(token, NodeKind::kField, depth)
                                                : Word(token);
      default: return Word(token);
    }
  }

  Node Wrap(const Token& token, NodeKind kind, int depth) {
    Node child = Item(depth + 1);
    if (IsEmpty(child)) return child;
    Node out;
    out.kind = kind;
    if (kind == NodeKind::kField) out.text = token.text;
    out.begin = token.begin;
    out.end = child.end;
    if (kind == NodeKind::kNot && child.kind == NodeKind::kNot) return std::move(child.children[0]);
    out.children.push_back(std::move(child));
    return out;
  }

  Node Group(const Token& open, int depth) {
    if (depth >= kDeepest) {
      Say(open, "nested too deep: this bracket is left out");
      return Node{};
    }
    Node inside = Query(depth + 1);
    if (Has(TokenKind::kClose)) {
      ++at_;
    } else {
      Say(open, "this bracket is not closed: read to the end");
    }
    if (inside.children.empty()) {
      Say(open, "nothing stands between the brackets: left out");
      return inside;
    }
    return Collapse(std::move(inside));
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t left_;
  bool dropped_ = false;
  Ast ast_;
};

std::string_view FirstCharacters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < count && at < text.size(); ++n) utf8::Next(text, at);
  return text.substr(0, at);
}

std::size_t TermLimit(std::string_view query) {
  const bool is_long = FirstCharacters(query, kLongestQuery).size() < query.size();
  return is_long ? kMostTerms : SIZE_MAX;
}

}  // namespace

Ast Parse(std::string_view query) { return Parser(Tokenize(query), TermLimit(query)).Run(); }

Ast ParseFreeText(std::string_view query) {
  Ast out;
  std::size_t left = TermLimit(query);
  std::string word;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    if (!word.empty() && left > 0) {
      --left;
      Node node;
      node.kind = NodeKind::kTerm;
      node.text = std::exchange(word, {});
      node.begin = begin;
      node.end = end;
      out.root.children.push_back(std::move(node));
    }
    word.clear();
  };
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t here = at;
    const char32_t c = utf8::Next(query, at);
    if (utf8::IsSpace(c) || c < 0x20 || c == 0x7F) {
      flush(here);
      continue;
    }
    if (word.empty()) begin = here;
    utf8::Append(word, c);
  }
  flush(query.size());
  out.root.end = query.size();
  return out;
}

}  // namespace sakuin::syntax

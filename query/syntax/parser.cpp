#include "query/syntax/parser.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "indexer/base/utf8.h"
#include "query/syntax/lexer.h"
#include "query/syntax/tidy.h"

namespace sakuin::syntax {
namespace {

constexpr std::size_t kLongestQuery = 512;  // characters
constexpr std::size_t kMostTerms = 32;      // of a longer query
constexpr std::size_t kMostNotes = 16;

// How many terms of `query` are used.
std::size_t TermLimit(std::string_view query) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < kLongestQuery && at < query.size(); ++n) utf8::Next(query, at);
  return at < query.size() ? kMostTerms : SIZE_MAX;
}

Note LimitNote(std::size_t begin, std::size_t end) {
  return {begin, end,
          "the query is longer than " + std::to_string(kLongestQuery) +
              " characters: only its first " + std::to_string(kMostTerms) + " terms are used"};
}

bool IsEmpty(const Node& node) { return node.kind == NodeKind::kAll && node.children.empty(); }

// Appends `node`, or its children where it is a group of the same kind: (a b) c is a b c.
void AddTo(Node& group, Node node) {
  if (IsEmpty(node)) return;
  if (node.kind != group.kind) {
    group.children.push_back(std::move(node));
    return;
  }
  std::move(node.children.begin(), node.children.end(), std::back_inserter(group.children));
}

// A group of one is the one; terms beyond the limit may have left none.
Node Finish(Node group) {
  if (group.children.empty()) return Node{};
  if (group.children.size() == 1) return Node(std::move(group.children[0]));
  group.begin = group.children.front().begin;
  group.end = group.children.back().end;
  return group;
}

Node Group(NodeKind kind) {
  Node out;
  out.kind = kind;
  return out;
}

// Reads what Tidy has made, so that nothing can fail and the recursion is shallow.
//   query = any ("AND"? any)*
//   any   = item ("OR" item)*
//   item  = ("-" | "NOT") item | field item | "(" query ")" | near
//   near  = leaf ("NEAR/n" leaf)*
//   leaf  = word | phrase | prefix
class Parser {
 public:
  Parser(std::vector<Token> tokens, std::size_t most_terms)
      : tokens_(std::move(tokens)), left_(most_terms) {}

  Node Query() {
    Node all = Group(NodeKind::kAll);
    while (at_ < tokens_.size() && !Has(TokenKind::kClose)) {
      if (Has(TokenKind::kAnd)) {
        ++at_;
      } else {
        AddTo(all, Any());
      }
    }
    return all;
  }

  // Where the first term that was left out begins, or npos.
  std::size_t dropped() const { return dropped_; }

 private:
  bool Has(TokenKind kind) const { return at_ < tokens_.size() && tokens_[at_].kind == kind; }

  Node Any() {
    Node any = Group(NodeKind::kAny);
    AddTo(any, Item());
    while (Has(TokenKind::kOr)) {
      ++at_;
      AddTo(any, Item());
    }
    return Finish(std::move(any));
  }

  Node Item() {
    const Token& token = tokens_[at_];
    switch (token.kind) {
      case TokenKind::kMinus:
      case TokenKind::kNot: ++at_; return Not(token, Item());
      case TokenKind::kField: ++at_; return Field(token, Item());
      case TokenKind::kOpen: {
        ++at_;
        Node inside = Query();
        ++at_;  // the closing bracket
        return Finish(std::move(inside));
      }
      default: return Near();
    }
  }

  Node Near() {
    Node near = Group(NodeKind::kNear);
    AddTo(near, Leaf());
    int distance = 0;
    for (bool first = true; Has(TokenKind::kNear); first = false) {
      const Token& token = tokens_[at_++];
      distance = first ? token.distance : std::min(distance, token.distance);
      AddTo(near, Leaf());
    }
    near.distance = distance;
    return Finish(std::move(near));
  }

  Node Leaf() {
    const Token& token = tokens_[at_++];
    if (left_ == 0) {
      dropped_ = std::min(dropped_, token.begin);
      return Node{};
    }
    --left_;
    Node out = Group(token.kind == TokenKind::kPhrase   ? NodeKind::kPhrase
                     : token.kind == TokenKind::kPrefix ? NodeKind::kPrefix
                                                        : NodeKind::kTerm);
    out.text = token.text;
    out.begin = token.begin;
    out.end = token.end;
    return out;
  }

  static Node Wrap(NodeKind kind, const Token& token, Node child) {
    Node out = Group(kind);
    if (kind == NodeKind::kField) out.text = token.text;
    out.begin = token.begin;
    out.end = child.end;
    out.children.push_back(std::move(child));
    return out;
  }

  static Node Not(const Token& token, Node child) {
    if (IsEmpty(child)) return child;
    if (child.kind == NodeKind::kNot) return Node(std::move(child.children[0]));
    return Wrap(NodeKind::kNot, token, std::move(child));
  }

  // The exclusion of a field's value excludes the field: plans need to know one of the two forms.
  static Node Field(const Token& token, Node child) {
    if (IsEmpty(child)) return child;
    if (child.kind != NodeKind::kNot) return Wrap(NodeKind::kField, token, std::move(child));
    Node field = Wrap(NodeKind::kField, token, Node(std::move(child.children[0])));
    return Wrap(NodeKind::kNot, token, std::move(field));
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t left_;
  std::size_t dropped_ = std::string::npos;
};

// A chain of NEAR is one node, so it has one distance.
void NoteDistances(const std::vector<Token>& tokens, std::vector<Note>& notes) {
  const Token* before = nullptr;  // the last NEAR of the chain
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::kNear) continue;
    const bool chained = before != nullptr && i >= 2 && &tokens[i - 2] == before;
    if (chained && before->distance != tokens[i].distance) {
      notes.push_back({tokens[i].begin, tokens[i].end,
                       "a chain of NEAR has one distance: the smallest is used"});
    }
    before = &tokens[i];
  }
}

// In the order of the query, one for a run of the same (a row of brackets), at most kMostNotes.
std::vector<Note> Arrange(std::vector<Note> notes) {
  std::stable_sort(notes.begin(), notes.end(),
                   [](const Note& a, const Note& b) { return a.begin < b.begin; });
  std::vector<Note> out;
  for (Note& note : notes) {
    if (!out.empty() && out.back().message == note.message && note.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, note.end);
    } else if (out.size() < kMostNotes) {
      out.push_back(std::move(note));
    }
  }
  return out;
}

bool IsOnlyExclusions(const Node& root) {
  return !root.children.empty() &&
         std::all_of(root.children.begin(), root.children.end(),
                     [](const Node& node) { return node.kind == NodeKind::kNot; });
}

// A query of nothing but marks, such as a lone bracket, asks for the marks: any text that stands in
// a section finds it. Nothing for a blank query.
Node Marks(std::string_view query) {
  std::string text;
  for (std::size_t at = 0; at < query.size();) {
    const char32_t c = utf8::Next(query, at);
    utf8::Append(text, IsBlank(c) ? U' ' : c);
  }
  Node out = Group(NodeKind::kPhrase);
  out.text = utf8::Trim(text);
  out.end = query.size();
  return out.text.empty() ? Node{} : out;
}

}  // namespace

Ast Parse(std::string_view query) {
  Tokens tokens = Tidy(Tokenize(query));
  NoteDistances(tokens.tokens, tokens.notes);
  Parser parser(std::move(tokens.tokens), TermLimit(query));
  Ast out;
  out.root = parser.Query();
  if (IsEmpty(out.root)) {
    AddTo(out.root, Marks(query));
    tokens.notes.clear();  // nothing was left out after all
    if (!IsEmpty(out.root)) {
      tokens.notes.push_back({0, query.size(), "nothing but marks: searched as they stand"});
    }
  }
  if (!out.root.children.empty()) {
    out.root.begin = out.root.children.front().begin;
    out.root.end = out.root.children.back().end;
  }
  if (IsOnlyExclusions(out.root)) {
    tokens.notes.push_back({out.root.begin, out.root.end, "only exclusions: nothing is asked for"});
  }
  if (parser.dropped() != std::string::npos) {
    tokens.notes.push_back(LimitNote(parser.dropped(), query.size()));
  }
  out.notes = Arrange(std::move(tokens.notes));
  return out;
}

Ast ParseFreeText(std::string_view query) {
  Ast out;
  const std::size_t most = TermLimit(query);
  Node word = Group(NodeKind::kTerm);
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t here = at;
    const char32_t c = utf8::Next(query, at);
    if (!IsBlank(c)) {
      if (word.text.empty()) word.begin = here;
      utf8::Append(word.text, c);
      word.end = at;
    }
    if (word.text.empty() || (at < query.size() && !IsBlank(c))) continue;
    if (out.root.children.size() == most) {
      out.notes.push_back(LimitNote(word.begin, query.size()));
      break;
    }
    out.root.children.push_back(std::exchange(word, Group(NodeKind::kTerm)));
  }
  out.root.end = query.size();
  return out;
}

}  // namespace sakuin::syntax

#pragma once

// What a person typed, as a tree. Knows no schema, no ICU, no thesaurus: words are bytes as typed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sakuin::syntax {

enum class NodeKind : std::uint8_t {
  kAll,     // all children must match, none is itself kAll; with no child: nothing was asked
  kAny,     // OR; none of the children is itself kAny
  kNot,     // one child, which must not match, never itself kNot
  kNear,    // children are terms, phrases or prefixes, at most `distance` characters apart
  kTerm,    // one word or unspaced run, as typed
  kPhrase,  // "..." as typed, quotation marks taken off, "" made one
  kPrefix,  // word*
  kField,   // field:child; the child is never kNot, title:-x reads as -title:x
};

struct Node {
  NodeKind kind = NodeKind::kAll;
  std::string text;       // kTerm, kPhrase, kPrefix: what was typed; kField: the field's name
  int distance = 0;       // kNear: 0 to 1000
  std::size_t begin = 0;  // bytes of the query this node was read from, half-open
  std::size_t end = 0;
  std::vector<Node> children;

  friend bool operator==(const Node& a, const Node& b) {  // positions do not count
    return a.kind == b.kind && a.text == b.text && a.distance == b.distance &&
           a.children == b.children;
  }
};

// Something a person should know about how the query was read.
struct Note {
  std::size_t begin = 0;  // bytes of the query
  std::size_t end = 0;
  std::string message;
};

struct Ast {
  Node root;  // always kAll
  std::vector<Note> notes;
};

// The one printed form, such as: (all "a b" (not term:x) (field title term:y)). Used by tests,
// `explain` and logs.
std::string Print(const Node& node);

}  // namespace sakuin::syntax

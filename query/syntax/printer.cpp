#include <string>

#include "query/syntax/ast.h"
#include "query/syntax/lexer.h"
#include "query/syntax/parser.h"

namespace sakuin::syntax {
namespace {

std::string Quote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string PrintChildren(const Node& node) {
  std::string out;
  for (const Node& child : node.children) out += ' ' + Print(child);
  return out + ')';
}

std::string Text(const Node& node);

std::string Join(const Node& node, const std::string& between) {
  std::string out;
  for (const Node& child : node.children) out += (out.empty() ? "" : between) + Text(child);
  return out;
}

// Behind a minus or a field's name a group needs brackets; NEAR binds more tightly than both.
std::string Operand(const Node& node) {
  const bool group = node.kind == NodeKind::kAll || node.kind == NodeKind::kAny;
  return group ? '(' + Text(node) + ')' : Text(node);
}

// A minus directly before a word that begins with one would be part of the word.
std::string Exclusion(const Node& node) {
  const std::string operand = Operand(node);
  return operand.starts_with('-') ? "-(" + operand + ')' : '-' + operand;
}

std::string Any(const Node& node) {
  std::string out;
  for (const Node& child : node.children) {
    out += (out.empty() ? "" : " OR ");
    out += child.kind == NodeKind::kAll ? Operand(child) : Text(child);
  }
  return out;
}

std::string NearSign(int distance) {
  return distance == 10 ? " NEAR " : " NEAR/" + std::to_string(distance) + ' ';
}

std::string Text(const Node& node) {
  switch (node.kind) {
    case NodeKind::kAll: return Join(node, " ");
    case NodeKind::kAny: return Any(node);
    case NodeKind::kNear: return Join(node, NearSign(node.distance));
    case NodeKind::kNot: return node.children.empty() ? "" : Exclusion(node.children[0]);
    case NodeKind::kField:
      return node.text + ':' + (node.children.empty() ? "" : Operand(node.children[0]));
    case NodeKind::kPrefix: return node.text + '*';
    case NodeKind::kPhrase: return Quote(node.text);
    case NodeKind::kTerm: break;
  }
  return IsOperator(node.text) ? '(' + node.text + ')' : node.text;  // in brackets it is a word
}

}  // namespace

std::string Print(const Node& node) {
  switch (node.kind) {
    case NodeKind::kAll: return "(all" + PrintChildren(node);
    case NodeKind::kAny: return "(any" + PrintChildren(node);
    case NodeKind::kNot: return "(not" + PrintChildren(node);
    case NodeKind::kNear: return "(near/" + std::to_string(node.distance) + PrintChildren(node);
    case NodeKind::kField: return "(field " + node.text + PrintChildren(node);
    case NodeKind::kTerm: return "term:" + node.text;
    case NodeKind::kPrefix: return "prefix:" + node.text;
    case NodeKind::kPhrase: return Quote(node.text);
  }
  return {};
}

std::string Unparse(const Node& root) { return Text(root); }

}  // namespace sakuin::syntax

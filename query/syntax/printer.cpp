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

std::string Inner(const Node& node);

std::string Join(const Node& node, const std::string& between) {
  std::string out;
  for (const Node& child : node.children) out += (out.empty() ? "" : between) + Inner(child);
  return out;
}

std::string Inner(const Node& node) {
  switch (node.kind) {
    case NodeKind::kAll: return '(' + Join(node, " ") + ')';
    case NodeKind::kAny: return '(' + Join(node, " OR ") + ')';
    case NodeKind::kNot: return "NOT " + Join(node, " ");
    case NodeKind::kNear: return Join(node, " NEAR/" + std::to_string(node.distance) + ' ');
    case NodeKind::kField: return node.text + ':' + Join(node, " ");
    case NodeKind::kPrefix: return node.text + '*';
    case NodeKind::kPhrase: return Quote(node.text);
    case NodeKind::kTerm: break;
  }
  return node.text;
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

std::string Unparse(const Node& node) {
  // The outermost brackets are never needed, and would count as one level of nesting.
  return node.kind == NodeKind::kAll ? Join(node, " ") : Inner(node);
}

}  // namespace sakuin::syntax

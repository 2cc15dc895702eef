// Any bytes as a query: must end, in a tree that keeps its promises and reads alike when written.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/base/utf8.h"
#include "query/syntax/parser.h"

namespace {

using sakuin::syntax::Ast;
using sakuin::syntax::Node;
using sakuin::syntax::NodeKind;
using sakuin::syntax::Note;

constexpr std::size_t kLongestQuery = 512;
constexpr std::size_t kMostTerms = 32;
constexpr int kHighest = 40;  // groups may stand between the 16 levels, and leaves below them

void Require(bool holds) {
  if (!holds) std::abort();
}

std::size_t CheckTree(const Node& node, std::size_t size, int level) {
  Require(node.begin <= node.end && node.end <= size && level <= kHighest);
  Require(!sakuin::utf8::FindInvalid(node.text));
  std::size_t terms = node.children.empty() && node.kind != NodeKind::kAll ? 1 : 0;
  for (const Node& child : node.children) terms += CheckTree(child, size, level + 1);
  return terms;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  const Ast ast = sakuin::syntax::Parse(query);
  const std::size_t terms = CheckTree(ast.root, size, 0);
  if (sakuin::utf8::Count(query) > kLongestQuery) Require(terms <= kMostTerms);
  for (const Note& note : ast.notes) Require(note.begin <= note.end && note.end <= size);

  const std::string again = sakuin::syntax::Unparse(ast.root);
  if (sakuin::utf8::Count(again) <= kLongestQuery || terms <= kMostTerms) {
    Require(sakuin::syntax::Parse(again).root == ast.root);
  }
  Require(!sakuin::utf8::FindInvalid(sakuin::syntax::Print(ast.root)));
  const Ast words = sakuin::syntax::ParseFreeText(query);
  for (const Node& word : words.root.children) Require(word.kind == NodeKind::kTerm);
  return 0;
}

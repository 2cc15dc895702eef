#include "query/syntax/parser.h"

#include <algorithm>
#include <sstream>

#include "indexer/base/utf8.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/random_text.h"

namespace sakuin {
namespace {

using syntax::Ast;
using syntax::Node;
using syntax::NodeKind;
using syntax::Note;
using syntax::Parse;
using syntax::Print;
using syntax::Unparse;

std::size_t CountTerms(const Node& node) {
  std::size_t out = node.children.empty() && node.kind != NodeKind::kAll ? 1 : 0;
  for (const Node& child : node.children) out += CountTerms(child);
  return out;
}

int Height(const Node& node) {
  int out = 0;
  for (const Node& child : node.children) out = std::max(out, Height(child));
  return out + 1;
}

std::string Repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// What must hold for the tree of any query.
void CheckTree(const Node& node, std::size_t size) {
  REQUIRE(node.begin <= node.end);
  REQUIRE(node.end <= size);
  const std::size_t children = node.children.size();
  switch (node.kind) {
    case NodeKind::kAll: break;
    case NodeKind::kAny:
    case NodeKind::kNear: REQUIRE(children >= 2); break;
    case NodeKind::kNot:
      REQUIRE(children == 1);
      REQUIRE(node.children[0].kind != NodeKind::kNot);
      break;
    case NodeKind::kField:
      REQUIRE(children == 1);
      REQUIRE(node.children[0].kind != NodeKind::kNot);
      break;
    default:
      REQUIRE(children == 0);
      REQUIRE(!utf8::Trim(node.text).empty());
      REQUIRE(!utf8::FindInvalid(node.text));
  }
  for (const Node& child : node.children) {
    if (node.kind == NodeKind::kAll || node.kind == NodeKind::kAny) {
      REQUIRE(child.kind != node.kind);
    }
    if (node.kind == NodeKind::kNear) REQUIRE(child.children.empty());
    REQUIRE(child.begin >= node.begin);
    REQUIRE(child.end <= node.end);
    CheckTree(child, size);
  }
}

void CheckQuery(const std::string& query) {
  INFO("query: " << query);
  const Ast ast = Parse(query);
  CheckTree(ast.root, query.size());
  CHECK(Height(ast.root) <= 40);
  CHECK(ast.notes.size() <= 16);
  for (const Note& note : ast.notes) {
    CHECK(note.begin <= note.end);
    CHECK(note.end <= query.size());
  }
  const std::string again = Unparse(ast.root);
  INFO("again: " << again);
  if (utf8::Count(again) > 512 && CountTerms(ast.root) > 32) return;
  REQUIRE(Print(Parse(again).root) == Print(ast.root));
  REQUIRE(Parse(again).root == ast.root);
  REQUIRE(Unparse(Parse(again).root) == again);
}

TEST_CASE("queries are read as the table says") {
  for (const TsvRow& row : test::LoadCases("syntax/parse.tsv", 3, 3)) {
    INFO(row.where << ": " << row.fields[0]);
    const Ast ast = Parse(row.fields[0]);
    CHECK(Print(ast.root) == row.fields[1]);
    CHECK(std::to_string(ast.notes.size()) == row.fields[2]);
    CheckQuery(row.fields[0]);
  }
}

TEST_CASE("the examples of the reference are read as it says") {
  const std::string arrow = "  =>  ";
  std::size_t examples = 0;
  std::istringstream page(test::ReadFile(test::RepositoryPath("docs/query-language.md")));
  for (std::string line; std::getline(page, line);) {
    const std::size_t at = line.find(arrow);
    if (!line.starts_with("    ") || at == std::string::npos) continue;
    ++examples;
    INFO(line);
    CHECK(Print(Parse(line.substr(4, at - 4)).root) == line.substr(at + arrow.size()));
  }
  CHECK(examples >= 30);
}

TEST_CASE("notes say what and where") {
  for (const TsvRow& row : test::LoadCases("syntax/notes.tsv", 3, 3)) {
    INFO(row.where << ": " << row.fields[0]);
    bool found = false;
    for (const Note& note : Parse(row.fields[0]).notes) {
      const std::string part = row.fields[0].substr(note.begin, note.end - note.begin);
      found |= note.message.find(row.fields[1]) != std::string::npos && part == row.fields[2];
    }
    CHECK(found);
  }
}

TEST_CASE("a tree is written as the shortest query that reads alike") {
  for (const TsvRow& row : test::LoadCases("syntax/unparse.tsv", 2, 2)) {
    INFO(row.where << ": " << row.fields[0]);
    CHECK(Unparse(Parse(row.fields[0]).root) == row.fields[1]);
  }
}

TEST_CASE("what is written reads alike for random queries") {
  for (unsigned seed = 0; seed < 5000; ++seed) CheckQuery(test::RandomQuery(seed));
}

TEST_CASE("what is written reads alike for random texts and bytes") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    CheckQuery(test::RandomText(seed));
    CheckQuery(test::RandomText(seed, test::Noise::kMarkup));
    CheckQuery(test::RandomBytes(seed, 100));
  }
}

TEST_CASE("a text without syntax is its words") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::string text;
    for (const char32_t c : utf8::Decode(test::RandomText(seed))) {
      const bool syntax = c < 0x80 || c == 0x201C || c == 0x201D;
      utf8::Append(text, syntax ? U' ' : c);
    }
    INFO(text);
    const Ast ast = Parse(text);
    CHECK(ast.notes.empty());
    CHECK(ast.root.children == syntax::ParseFreeText(text).root.children);
  }
}

TEST_CASE("a row of any character is read in linear time") {
  for (const char* piece :
       {"\"",     "(",       ")",      "()",      "-",     "*",       ":",
        "title:", "-title:", "NOT ",   "OR ",     "a OR ", "a NEAR ", "(a OR ",
        "-(",     "title:(", "\"a\" ", "NEAR/5 ", "-\"\"", "((a) b",  "\xE2\x80\x9C",
        "\xFF",   "\xE3\x80"}) {
    CheckQuery(Repeat(piece, 10000));
  }
  CheckQuery(std::string(10000, '\0'));
  CheckQuery(Repeat("(", 5000) + 'a' + Repeat(")", 5000));
  CheckQuery(Repeat("(a ", 5000) + Repeat(")", 5000));
}

TEST_CASE("control characters are blanks and malformed bytes are replaced") {
  CHECK(Print(Parse(std::string("a\0b", 3)).root) == "(all term:a term:b)");
  CHECK(Print(Parse("a\x01\x1F\x7F"
                    "b")
                  .root) == "(all term:a term:b)");
  CHECK(Print(Parse(std::string("\"a\0b\"", 5)).root) == "(all \"a b\")");
  CHECK(Print(Parse("a\xFF").root) == "(all term:a\xEF\xBF\xBD)");
  CHECK(Print(Parse("\"\xE3\x80\"").root) == "(all \"\xEF\xBF\xBD\xEF\xBF\xBD\")");
  CHECK(Print(Parse("#a").root) == "(all term:#a)");
  for (const char32_t blank : {0x85, 0xA0, 0x1680, 0x2003, 0x2028, 0x202F, 0x205F, 0x3000}) {
    std::string query = "a";
    utf8::Append(query, blank);
    CHECK(Print(Parse(query + "OR b").root) == "(all (any term:a term:b))");
  }
}

TEST_CASE("of a query beyond 512 characters the first 32 terms are used") {
  const Ast whole = Parse(Repeat("ab ", 170) + "ab");  // 512 characters
  CHECK(whole.root.children.size() == 171);
  CHECK(whole.notes.empty());
  const std::string longer = Repeat("ab ", 170) + "abc";
  const Ast cut = Parse(longer);
  CHECK(cut.root.children.size() == 32);
  REQUIRE(cut.notes.size() == 1);
  CHECK(cut.notes[0].begin == 32 * 3);
  CHECK(cut.notes[0].end == longer.size());
  const std::string han = Repeat("\xE8\x86\x9D ", 256);  // characters, not bytes
  CHECK(Parse(han).root.children.size() == 256);
  const Ast inside =
      Parse(Repeat("ab ", 31) + "(x OR y) -z title:(u v) n NEAR m " + Repeat("c", 500));
  CHECK(CountTerms(inside.root) == 32);
  CHECK(inside.root.children.back() == Parse("x").root.children[0]);
  CHECK(Parse(Repeat("c", 5000)).root.children.size() == 1);
  CHECK(Parse(Repeat("c", 5000)).notes.empty());
}

TEST_CASE("words know the bytes they were read from") {
  const std::string query = "a  -title:(\"b c\" OR \xE8\x86\x9D*)";
  const Ast ast = Parse(query);
  const Node& all = ast.root;
  REQUIRE(all.children.size() == 2);
  const Node& field = all.children[1].children[0];
  const Node& any = field.children[0];
  const auto read = [&query](const Node& node) {
    return query.substr(node.begin, node.end - node.begin);
  };
  CHECK(read(all.children[0]) == "a");
  CHECK(read(any.children[0]) == "\"b c\"");
  CHECK(read(any.children[1]) == "\xE8\x86\x9D*");
  CHECK(read(any) == "\"b c\" OR \xE8\x86\x9D*");
  CHECK(field.text == "title");
  CHECK(all.children[1].begin == 3);
}

TEST_CASE("free text is words and nothing else") {
  const Ast ast = syntax::ParseFreeText(" a OR (b) -c  \"d e\" title:f \xFF");
  CHECK(Print(ast.root) ==
        "(all term:a term:OR term:(b) term:-c term:\"d term:e\" term:title:f term:\xEF\xBF\xBD)");
  CHECK(ast.notes.empty());
  CHECK(ast.root.children[2].begin == 6);
  CHECK(ast.root.children[2].end == 9);
  CHECK(syntax::ParseFreeText("").root.children.empty());
  CHECK(syntax::ParseFreeText(" \n").root.children.empty());
  CHECK(syntax::ParseFreeText("a").root.children.size() == 1);
  const Ast cut = syntax::ParseFreeText(Repeat("ab ", 200));
  CHECK(cut.root.children.size() == 32);
  CHECK(cut.notes.size() == 1);
}

}  // namespace
}  // namespace sakuin

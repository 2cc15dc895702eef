// Runs the tree-construction tests of html5lib (*.dat) through the HTML parser that we use, as it
// is, and says which fail. docs/html5lib.md is made from its output.
//
//   sakuin_tree_construction [--all] FILE.dat...     --all: exit status 1 unless all pass
//
// The format: tree-construction/README.md of html5lib-tests. Tests with scripting on are skipped:
// scripts never run here.

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Case {
  std::string data;
  std::string document;
  std::string fragment;  // the context element; empty for a whole page
  bool script_on = false;
};

std::vector<Case> ReadCases(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Case> out;
  std::string section;
  for (std::string line; std::getline(file, line);) {
    if (line == "#data") {
      out.emplace_back();
      section = line;
    } else if (!line.empty() && line[0] == '#' && !out.empty() &&
               (line == "#errors" || line == "#new-errors" || line == "#document" ||
                line == "#document-fragment" || line == "#script-on" || line == "#script-off")) {
      section = line;
      if (line == "#script-on") out.back().script_on = true;
    } else if (section == "#data") {
      out.back().data += line + "\n";
    } else if (section == "#document") {
      out.back().document += line + "\n";
    } else if (section == "#document-fragment") {
      out.back().fragment = line;
    }
  }
  for (Case& c : out) {
    if (!c.data.empty()) c.data.pop_back();
    while (c.document.ends_with("\n\n")) c.document.pop_back();
  }
  return out;
}

class Printer {
 public:
  std::string Run(const GumboOutput& output, bool fragment) {
    if (!fragment) {
      const GumboDocument& document = output.document->v.document;
      if (document.has_doctype) Doctype(document);
      for (unsigned i = 0; i < document.children.length; ++i) {
        Node(*static_cast<const GumboNode*>(document.children.data[i]), 0);
      }
    } else {
      const GumboVector& children = output.root->v.element.children;
      for (unsigned i = 0; i < children.length; ++i) {
        Node(*static_cast<const GumboNode*>(children.data[i]), 0);
      }
    }
    return out_;
  }

 private:
  void Line(int depth, const std::string& text) {
    out_ += "| " + std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  }

  void Doctype(const GumboDocument& document) {
    std::string text = std::string("<!DOCTYPE ") + document.name;
    const std::string public_id = document.public_identifier;
    const std::string system_id = document.system_identifier;
    if (!public_id.empty() || !system_id.empty()) {
      text += " \"" + public_id + "\" \"" + system_id + "\"";
    }
    Line(0, text + ">");
  }

  static std::string Prefix(GumboNamespaceEnum space) {
    if (space == GUMBO_NAMESPACE_SVG) return "svg ";
    return space == GUMBO_NAMESPACE_MATHML ? "math " : "";
  }

  static std::string Name(const GumboElement& element) {
    std::string name = gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    if (name.empty() && piece.data != nullptr) {
      gumbo_tag_from_original_text(&piece);
      name.assign(piece.data, piece.length);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; });
    }
    if (element.tag_namespace == GUMBO_NAMESPACE_SVG && element.original_tag.data != nullptr) {
      GumboStringPiece original = element.original_tag;
      gumbo_tag_from_original_text(&original);
      if (const char* const cased = gumbo_normalize_svg_tagname(&original)) name = cased;
    }
    return name;
  }

  void Attributes(const GumboElement& element, int depth) {
    std::vector<std::string> lines;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* const a = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      static constexpr std::array<const char*, 4> kSpaces = {"", "xlink ", "xml ", "xmlns "};
      lines.push_back(kSpaces[static_cast<std::size_t>(a->attr_namespace)] + std::string(a->name) +
                      "=\"" + a->value + "\"");
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) Line(depth, line);
  }

  void Node(const GumboNode& node, int depth) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA: Line(depth, std::string("\"") + node.v.text.text + "\""); return;
      case GUMBO_NODE_COMMENT:
        Line(depth, std::string("<!-- ") + node.v.text.text + " -->");
        return;
      default: break;
    }
    const GumboElement& element = node.v.element;
    Line(depth, "<" + Prefix(element.tag_namespace) + Name(element) + ">");
    Attributes(element, depth + 1);
    int below = depth + 1;
    if (node.type == GUMBO_NODE_TEMPLATE) Line(below++, "content");
    for (unsigned i = 0; i < element.children.length; ++i) {
      Node(*static_cast<const GumboNode*>(element.children.data[i]), below);
    }
  }

  std::string out_;
};

std::string Tree(const Case& c) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  if (!c.fragment.empty()) {
    std::string_view name = c.fragment;
    options.fragment_namespace = GUMBO_NAMESPACE_HTML;
    if (name.starts_with("svg ")) options.fragment_namespace = GUMBO_NAMESPACE_SVG;
    if (name.starts_with("math ")) options.fragment_namespace = GUMBO_NAMESPACE_MATHML;
    if (const std::size_t blank = name.find(' '); blank != std::string_view::npos) {
      name.remove_prefix(blank + 1);
    }
    options.fragment_context = gumbo_tag_enum(std::string(name).c_str());
  }
  GumboOutput* const output = gumbo_parse_with_options(&options, c.data.data(), c.data.size());
  std::string tree = Printer().Run(*output, !c.fragment.empty());
  gumbo_destroy_output(&options, output);
  return tree;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t passed = 0;
  std::size_t all = 0;
  const bool must = argc > 1 && std::string_view(argv[1]) == "--all";
  for (int i = must ? 2 : 1; i < argc; ++i) {
    const std::string path = argv[i];
    std::size_t good = 0;
    std::size_t count = 0;
    std::string failures;
    for (const Case& c : ReadCases(path)) {
      if (c.script_on) continue;
      ++count;
      if (Tree(c) == c.document) {
        ++good;
        continue;
      }
      std::string shown = c.data.substr(0, 100);
      std::replace(shown.begin(), shown.end(), '\n', ' ');
      failures += "  " + shown + "\n";
    }
    std::printf("%s\t%zu\t%zu\n%s", path.substr(path.rfind('/') + 1).c_str(), good, count,
                failures.c_str());
    passed += good;
    all += count;
  }
  std::printf("total\t%zu\t%zu\n", passed, all);
  if (all == 0) return 2;
  return must && passed < all ? 1 : 0;
}

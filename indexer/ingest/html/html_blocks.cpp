#include "indexer/ingest/html/html_blocks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "indexer/base/data_dir.h"
#include "indexer/ingest/text_align.h"

namespace sakuin::ingest {
namespace {

constexpr std::array<std::string_view, 44> kBlocks = {
    "address", "article", "aside",   "blockquote", "body",  "caption",  "center",     "dd",
    "details", "dialog",  "div",     "dl",         "dt",    "fieldset", "figcaption", "figure",
    "footer",  "form",    "h1",      "h2",         "h3",    "h4",       "h5",         "h6",
    "header",  "hr",      "li",      "main",       "menu",  "nav",      "ol",         "option",
    "p",       "pre",     "section", "summary",    "table", "tbody",    "thead",      "tr",
    "ul",      "dir",     "hgroup",  "tfoot"};

bool IsHidden(pugi::xml_node node) {
  if (node.attribute("hidden")) return true;
  if (std::string_view(node.attribute("aria-hidden").value()) == "true") return true;
  std::string style = node.attribute("style").value();
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool IsSkipped(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kSkipped = {
      "rt",    "rp",       "script", "style",  "button", "select",
      "input", "textarea", "head",   "object", "audio"};
  return std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end();
}

class BlockReader {
 public:
  BlockReader(const HtmlTree& tree, const Decoded& decoded, const HeadingLevels& headings)
      : tree_(tree), decoded_(decoded), headings_(headings) {}

  std::vector<Block> Run(pugi::xml_node body) {
    Children(body);
    Flush();
    return std::move(out_);
  }

 private:
  void Children(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) Visit(child);
  }

  // Nesting is bounded by the guard, so recursion is.
  void Visit(pugi::xml_node node) {
    if (node.type() == pugi::node_pcdata) {
      if (kept_breaks_ == 0 || !CopyLines(node)) CopyTextNode(node, tree_, line_);
      return;
    }
    const std::string_view name = node.name();
    if (IsSkipped(name) || IsHidden(node)) return;
    if (name == "br") return Flush();
    if (name == "td" || name == "th") {
      line_.Blank();
      return Children(node);
    }
    const auto heading = headings_.find(node.hash_value());
    if (heading == headings_.end() && !IsBlockName(name)) return Children(node);
    Flush();
    const std::size_t first = out_.size();
    const BlockKind before = kind_;
    const int level = level_;
    if (heading != headings_.end()) {
      kind_ = BlockKind::kHeading;
      level_ = heading->second;
    } else if (name == "li") {
      kind_ = BlockKind::kItem;
    }
    if (name == "pre") ++kept_breaks_;
    Children(node);
    if (name == "pre") --kept_breaks_;
    Flush();
    kind_ = before;
    level_ = level;
    if (out_.size() == first + 1) Widen(node, out_.back());
  }

  // Text in which a line break is one. False where the parser's lines are not the page's.
  bool CopyLines(pugi::xml_node node) {
    const TextPlace* const place = tree_.Place(node);
    if (place == nullptr) return false;
    const std::vector<std::string> made = Split(node.value(), '\n');
    const std::vector<std::string> written = Split(place->raw, '\n');
    if (made.size() != written.size()) return false;
    std::size_t at = place->begin;
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (i > 0) Flush();
      CopyAligned(made[i], written[i], at, line_);
      at += written[i].size() + 1;
    }
    return true;
  }

  // The only block of an element stands where its tags do.
  void Widen(pugi::xml_node node, Block& block) const {
    const model::SourceRange place = tree_.ElementPlace(node);
    if (place.end == 0) return;
    const model::SourceRange range = ToInput(decoded_, place.begin, place.end);
    if (range.begin > block.source.begin || range.end < block.source.end) return;
    block.source = range;
  }

  void Flush() {
    Block block;
    const model::SourceRange range = line_.Range();
    TextBuilder::Line line = line_.Take(decoded_);
    if (line.text.empty()) return;
    block.kind = kind_;
    block.level = kind_ == BlockKind::kHeading ? level_ : 0;
    block.text = std::move(line.text);
    block.map = std::move(line.map);
    block.source = ToInput(decoded_, range.begin, range.end);
    out_.push_back(std::move(block));
  }

  const HtmlTree& tree_;
  const Decoded& decoded_;
  const HeadingLevels& headings_;
  TextBuilder line_;
  BlockKind kind_ = BlockKind::kParagraph;
  int level_ = 0;
  int kept_breaks_ = 0;  // <pre> around the place
  std::vector<Block> out_;
};

void AppendText(pugi::xml_node node, const HtmlTree& tree, TextBuilder& to) {
  if (node.type() == pugi::node_pcdata) return CopyTextNode(node, tree, to);
  if (IsSkipped(node.name())) return;
  for (const pugi::xml_node child : node.children()) AppendText(child, tree, to);
}

}  // namespace

bool IsBlockName(std::string_view name) {
  return std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
}

void CopyTextNode(pugi::xml_node text, const HtmlTree& tree, TextBuilder& to) {
  const TextPlace* const place = tree.Place(text);
  CopyAligned(text.value(), place == nullptr ? std::string_view() : place->raw,
              place == nullptr ? 0 : place->begin, to);
}

std::vector<Block> ReadBlocks(pugi::xml_node body, const HtmlTree& tree, const Decoded& decoded,
                              const HeadingLevels& headings) {
  return BlockReader(tree, decoded, headings).Run(body);
}

TextBuilder::Line ReadLine(pugi::xml_node node, const HtmlTree& tree, const Decoded& decoded) {
  TextBuilder line;
  AppendText(node, tree, line);
  return line.Take(decoded);
}

}  // namespace sakuin::ingest

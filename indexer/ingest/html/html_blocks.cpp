#include "indexer/ingest/html/html_blocks.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/text_align.h"

namespace sakuin::ingest {
namespace {

constexpr std::array<std::string_view, 45> kBlocks = {
    "address", "article", "aside",   "blockquote", "body",  "caption",  "center",     "dd",
    "details", "dialog",  "div",     "dl",         "dt",    "fieldset", "figcaption", "figure",
    "footer",  "form",    "h1",      "h2",         "h3",    "h4",       "h5",         "h6",
    "header",  "hr",      "li",      "main",       "menu",  "nav",      "ol",         "option",
    "p",       "pre",     "section", "summary",    "table", "tbody",    "thead",      "tr",
    "ul",      "dir",     "hgroup",  "tfoot",      "search"};

bool IsHidden(pugi::xml_node node) {
  if (node.attribute("hidden")) return true;
  if (std::string_view(node.attribute("aria-hidden").value()) == "true") return true;
  std::string style = node.attribute("style").value();
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

// What an element says of how the text in it is set; the rest is as around it.
struct Style {
  bool bold = false;
  bool plain = false;  // not bold, inside of what is
  int font_size = 0;   // pixels; 0: not said
};

// The value of a property in a style without blanks; empty where it has none.
std::string_view Property(std::string_view style, std::string_view name) {
  for (std::size_t at = style.find(name); at != std::string_view::npos;
       at = style.find(name, at + 1)) {
    const std::size_t colon = at + name.size();
    const bool begins = at == 0 || style[at - 1] == ';';
    if (!begins || colon >= style.size() || style[colon] != ':') continue;
    return style.substr(colon + 1, style.find(';', colon) - colon - 1);
  }
  return {};
}

int Pixels(std::string_view size) {
  constexpr int kLargest = 200;
  const double number = size.empty() ? 0 : std::strtod(std::string(size).c_str(), nullptr);
  double pixels = 0;
  if (size.ends_with("px")) pixels = number;
  if (size.ends_with("pt")) pixels = number * 4 / 3;
  if (size.ends_with("em")) pixels = number * 16;  // rem too: of the usual size
  return pixels > 0 && pixels < kLargest ? static_cast<int>(pixels + 0.5) : 0;
}

// <font size="4">, or "+1" of the usual 3.
int FontPixels(std::string_view size) {
  constexpr std::array<int, 8> kPixels = {0, 10, 13, 16, 18, 24, 32, 48};
  constexpr int kUsual = 3;
  if (size.empty()) return 0;
  const bool relative = size[0] == '+' || size[0] == '-';
  const std::string_view digit = size.substr(relative ? 1 : 0);
  if (digit.size() != 1 || digit[0] < '0' || digit[0] > '9') return 0;
  const int number = digit[0] - '0';
  const int step = !relative ? number : (size[0] == '+' ? kUsual + number : kUsual - number);
  return kPixels[static_cast<std::size_t>(std::clamp(step, 1, 7))];
}

Style StyleOf(pugi::xml_node node) {
  Style out;
  const std::string_view name = node.name();
  out.bold = name == "b" || name == "strong";
  if (name == "font") out.font_size = FontPixels(node.attribute("size").value());
  if (name == "big") out.font_size = FontPixels("+1");
  std::string style = node.attribute("style").value();
  if (style.empty()) return out;
  std::erase_if(style, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  const std::string_view weight = Property(style, "font-weight");
  out.plain = weight == "normal" || weight == "400";
  out.bold = !out.plain && (out.bold || weight.starts_with("bold") || weight == "600" ||
                            weight == "700" || weight == "800" || weight == "900");
  if (const int size = Pixels(Property(style, "font-size")); size > 0) out.font_size = size;
  return out;
}

// Lines of these belong to a table, a list or a quotation.
bool IsBox(std::string_view name) {
  return name == "table" || name == "li" || name == "caption" || name == "figcaption" ||
         name == "blockquote" || name == "pre";
}

bool IsSkipped(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kSkipped = {
      "rt",    "rp",       "script", "style",  "button", "select",
      "input", "textarea", "head",   "object", "audio"};
  return std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end();
}

void AppendText(pugi::xml_node node, const HtmlTree& tree, TextBuilder& to) {
  if (node.type() == pugi::node_pcdata) return CopyTextNode(node, tree, to);
  if (IsSkipped(node.name())) return;
  for (const pugi::xml_node child : node.children()) AppendText(child, tree, to);
}

class BlockReader {
 public:
  BlockReader(const HtmlTree& tree, const Decoded& decoded, const NodeRoles& roles,
              const NodeNote& passed_over)
      : tree_(tree), decoded_(decoded), roles_(roles), passed_over_(passed_over) {}

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
      return Weigh();
    }
    const std::string_view name = node.name();
    const bool skipped = IsSkipped(name);
    if (skipped || IsHidden(node)) return PassOver(node, skipped ? "no text" : "hidden");
    if (name == "br") return Flush();
    if (name == "img") return VisitPicture(node);
    if (name == "ruby") return VisitRuby(node);
    const Look around = look_;
    Enter(node, name);
    VisitElement(node, name);
    look_ = around;
  }

  // The base is text; its reading is kept beside. <rt> stands behind its base, or behind several.
  // Readings are kept elsewhere, and brackets around them say nothing.
  void PassOver(pugi::xml_node node, const char* reason) const {
    const std::string_view name = node.name();
    if (passed_over_ && name != "rt" && name != "rp") passed_over_(node, reason);
  }

  void VisitPicture(pugi::xml_node picture) {
    const std::string_view alt = picture.attribute("alt").value();
    const model::SourceRange place = tree_.ElementPlace(picture);
    if (!roles_.alt || utf8::Trim(alt).empty() || place.end == 0) return;
    Flush();
    for (std::size_t at = 0; at < alt.size();) {
      line_.PutChar(utf8::Next(alt, at), place.begin, place.end);
    }
    Flush();
  }

  void VisitRuby(pugi::xml_node ruby) {
    std::size_t begin = line_.text().size();
    for (const pugi::xml_node child : ruby.children()) {
      const std::string_view name = child.name();
      if (name != "rt" && name != "rtc") {
        const bool blank = begin > 0 && begin == line_.text().size() && line_.text().back() == ' ';
        Visit(child);
        // A blank at the line's end that stood for a line break of the source is gone.
        if (blank && line_.text().size() >= begin && line_.text()[begin - 1] != ' ') --begin;
        continue;
      }
      const std::size_t end = line_.text().size();
      const std::string reading = ReadingOf(child);
      if (end > begin && !reading.empty()) {
        readings_.push_back(
            {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, reading});
      } else if (!readings_.empty() && readings_.back().base.end == end) {
        readings_.back().text += reading;
      }
      begin = end;
    }
  }

  // Blanks inside belong to the layout; a blank between Latin words is one.
  std::string ReadingOf(pugi::xml_node node) const {
    TextBuilder line;
    for (const pugi::xml_node child : node.children()) AppendText(child, tree_, line);
    return line.Take(decoded_).text;
  }

  void Enter(pugi::xml_node node, std::string_view name) {
    const Style style = StyleOf(node);
    if (style.bold || style.plain) look_.bold = style.bold;
    if (roles_.bold.contains(node.hash_value())) look_.bold = true;
    if (style.font_size > 0) look_.font_size = style.font_size;
    if (IsBox(name)) look_.boxed = true;
    if (name == "a") look_.linked = true;
  }

  // What the line got since the last time is set as the element around it says.
  void Weigh() {
    const std::size_t size = line_.text().size();
    if (size <= weighed_) return;
    const std::size_t more = utf8::Trim(line_.text()).size() <= weighed_ ? 0 : size - weighed_;
    weighed_ = size;
    if (more == 0) return;
    if (look_.bold) bold_ += more;
    if (look_.linked) linked_ += more;
    boxed_ = boxed_ || look_.boxed;
    const bool first = font_size_ == kNoLetters;
    font_size_ = first ? look_.font_size : std::min(font_size_, look_.font_size);
  }

  void VisitElement(pugi::xml_node node, std::string_view name) {
    if (name == "td" || name == "th") {
      line_.Blank();
      return Children(node);
    }
    const auto heading = roles_.headings.find(node.hash_value());
    if (heading == roles_.headings.end() && !IsBlockName(name)) return Children(node);
    Flush();
    const std::size_t first = out_.size();
    const BlockKind before = kind_;
    const int level = level_;
    if (heading != roles_.headings.end()) {
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
    const std::size_t bold = std::exchange(bold_, 0);
    const int font_size = std::exchange(font_size_, kNoLetters);
    const std::size_t linked = std::exchange(linked_, 0);
    const bool boxed = std::exchange(boxed_, false);
    block.readings = std::exchange(readings_, {});
    weighed_ = 0;
    if (line.text.empty()) return;
    const auto all = [&line](std::size_t part) { return part * 10 >= line.text.size() * 9; };
    block.look = {all(bold), std::max(font_size, 0), linked >= line.text.size(), boxed};
    block.kind = kind_;
    block.level = kind_ == BlockKind::kHeading ? level_ : 0;
    block.text = std::move(line.text);
    block.map = std::move(line.map);
    block.source = ToInput(decoded_, range.begin, range.end);
    out_.push_back(std::move(block));
  }

  const HtmlTree& tree_;
  const Decoded& decoded_;
  const NodeRoles& roles_;
  const NodeNote& passed_over_;
  TextBuilder line_;
  BlockKind kind_ = BlockKind::kParagraph;
  int level_ = 0;
  int kept_breaks_ = 0;  // <pre> around the place
  static constexpr int kNoLetters = -1;
  Look look_;                             // of the place
  std::vector<model::Reading> readings_;  // of the line
  std::size_t weighed_ = 0;               // bytes of the line that the next two count
  std::size_t bold_ = 0;                  // of these, bold ones
  std::size_t linked_ = 0;                // of these, in links
  int font_size_ = kNoLetters;            // of the smallest of these
  bool boxed_ = false;                    // does one of these stand in a box?
  std::vector<Block> out_;
};

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
                              const NodeRoles& roles, const NodeNote& passed_over) {
  return BlockReader(tree, decoded, roles, passed_over).Run(body);
}

TextBuilder::Line ReadLine(pugi::xml_node node, const HtmlTree& tree, const Decoded& decoded) {
  TextBuilder line;
  if (node.type() == pugi::node_pcdata) CopyTextNode(node, tree, line);
  for (const pugi::xml_node child : node.children()) AppendText(child, tree, line);
  return line.Take(decoded);
}

}  // namespace sakuin::ingest

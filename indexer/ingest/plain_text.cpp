#include "indexer/ingest/plain_text.h"

#include <algorithm>
#include <utility>

#include "indexer/ingest/plain_text_structure.h"
#include "indexer/ingest/text_builder.h"

namespace sakuin::ingest {
namespace {

// The bytes of a citation in brackets that holds an address, "(source:https://...)": no text of
// the article. {npos, npos} where there is none.
std::pair<std::size_t, std::size_t> FindCitation(std::string_view line, std::size_t from) {
  for (std::size_t url = line.find("http", from); url != std::string_view::npos;
       url = line.find("http", url + 1)) {
    if (line.substr(url, 8).find("://") == std::string_view::npos) continue;
    const std::size_t ascii = line.rfind('(', url);
    const std::size_t wide = line.rfind("\xEF\xBC\x88", url);
    const bool is_wide =
        wide != std::string_view::npos && (ascii == std::string_view::npos || wide > ascii);
    const std::size_t open = is_wide ? wide : ascii;
    if (open == std::string_view::npos || open < from || url - open > 60) continue;
    const std::size_t narrow_end = line.find(')', url);
    const std::size_t wide_end = line.find("\xEF\xBC\x89", url);
    if (std::min(narrow_end, wide_end) == std::string_view::npos) continue;
    return {open, wide_end < narrow_end ? wide_end + 3 : narrow_end + 1};
  }
  return {std::string_view::npos, std::string_view::npos};
}

class DumpReader {
 public:
  DumpReader(const PlainTextRules& rules, const Decoded& decoded, const std::string& title)
      : rules_(rules),
        decoded_(decoded),
        title_(title),
        structure_(FindStructure(rules, decoded.text, title)) {}

  Article Run() {
    Article out;
    out.profile = "plain-text";
    out.published = structure_.published;
    MeasureWidth();
    for (std::size_t i = 0; i < structure_.lines.size(); ++i) Add(i);
    Flush();
    out.blocks = std::move(blocks_);
    Title(out);
    return out;
  }

 private:
  void Title(Article& out) {
    const auto& lines = structure_.lines;
    if (structure_.title < lines.size()) {
      const DumpLine& line = lines[structure_.title];
      builder_.Copy(line.text.substr(line.skip), line.begin + line.skip);
      TextBuilder::Line title = builder_.Take(decoded_);
      out.title = std::move(title.text);
      out.title_map = std::move(title.map);
      return;
    }
    out.title = title_;
    if (!out.title.empty()) return;
    // A dump that begins with its table of contents has lost its title: the first heading says best
    // what it is about.
    for (const Block& block : out.blocks) {
      if (block.kind != BlockKind::kHeading) continue;
      out.title = block.text;
      out.title_map = block.map;
      out.notes.emplace_back("it has no title; the first heading stands in for it");
      return;
    }
  }

  // Are lines broken at a fixed width? Then a line that is nearly as long goes on in the next.
  void MeasureWidth() {
    std::vector<std::size_t> lengths;
    for (const DumpLine& line : structure_.lines) {
      if (line.role == LineRole::kText) lengths.push_back(Characters(line.text));
    }
    if (lengths.size() < 6) return;
    const std::size_t longest = *std::max_element(lengths.begin(), lengths.end());
    constexpr std::size_t kWidest = 100;
    const auto full = std::count_if(lengths.begin(), lengths.end(),
                                    [longest](std::size_t n) { return n * 5 >= longest * 4; });
    if (longest <= kWidest && full * 3 >= static_cast<std::ptrdiff_t>(lengths.size())) {
      width_ = longest;
    }
  }

  // Does a sentence go on from one line to the next?
  bool GoesOn(const DumpLine& before, const DumpLine& line) const {
    if (line.blank_before || EndsSentence(before.text) || EndsInColon(before.text)) return false;
    if (EndsInComma(before.text)) return true;
    if (!IsMostlyWide(before.text)) {
      const char first = line.text[0];
      return first >= 'a' && first <= 'z';
    }
    if (rules_.Is("continues", line.text)) return true;
    return width_ > 0 && Characters(before.text) * 5 >= width_ * 4;
  }

  void Add(std::size_t i) {
    const DumpLine& line = structure_.lines[i];
    if (line.role == LineRole::kDropped) return Flush();
    if (line.role == LineRole::kContinued) {
      builder_.Blank();
      return Copy(line);
    }
    const bool text = line.role == LineRole::kText;
    const bool joined =
        text && last_ != nullptr && last_->role == LineRole::kText && GoesOn(*last_, line);
    if (!joined) {
      Flush();
      kind_ = text                              ? BlockKind::kParagraph
              : line.role == LineRole::kHeading ? BlockKind::kHeading
                                                : BlockKind::kItem;
      level_ = line.level;
      begin_ = line.begin;
    } else if (!IsMostlyWide(last_->text)) {
      builder_.Blank();
    }
    last_ = &line;
    Copy(line);
  }

  void Copy(const DumpLine& line) {
    const std::string_view text = line.text.substr(0, line.text.size() - line.trim);
    std::size_t at = line.skip;
    while (at < text.size()) {
      const auto [open, close] = FindCitation(text, at);
      const std::size_t end = std::min(open, text.size());
      builder_.Copy(text.substr(at, end - at), line.begin + at);
      at = open == std::string_view::npos ? text.size() : close;
    }
    end_ = line.begin + line.text.size();
  }

  void Flush() {
    last_ = nullptr;
    if (builder_.Empty()) return;
    Block block;
    block.kind = kind_;
    block.level = kind_ == BlockKind::kHeading ? level_ : 0;
    block.source = ToInput(decoded_, begin_, end_);
    TextBuilder::Line line = builder_.Take(decoded_);
    block.text = std::move(line.text);
    block.map = std::move(line.map);
    if (!block.text.empty()) blocks_.push_back(std::move(block));
  }

  const PlainTextRules& rules_;
  const Decoded& decoded_;
  const std::string& title_;
  DumpStructure structure_;
  TextBuilder builder_;
  std::vector<Block> blocks_;
  const DumpLine* last_ = nullptr;
  BlockKind kind_ = BlockKind::kParagraph;
  int level_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t width_ = 0;
};

}  // namespace

Article ReadPlainText(const PlainTextRules& rules, const Decoded& decoded,
                      const std::string& title) {
  return DumpReader(rules, decoded, title).Run();
}

}  // namespace sakuin::ingest

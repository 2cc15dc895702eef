#include "indexer/ingest/markdown/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/ingest/dates.h"
#include "indexer/ingest/html/entities.h"
#include "indexer/ingest/html/html_blocks.h"
#include "indexer/ingest/html/html_tags.h"
#include "indexer/ingest/markdown/front_matter.h"
#include "indexer/ingest/text_builder.h"

namespace sakuin::ingest {
namespace {

class MarkdownReader {
 public:
  explicit MarkdownReader(const Decoded& decoded) : decoded_(decoded), text_(decoded.text) {}

  // `from`: bytes of front matter before the text.
  Result<std::vector<Block>> Run(std::size_t from) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      static_cast<MarkdownReader*>(self)->Enter(type, detail);
      return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* /*detail*/, void* self) {
      static_cast<MarkdownReader*>(self)->Leave(type);
      return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* /*detail*/, void* self) {
      static_cast<MarkdownReader*>(self)->hidden_ += type == MD_SPAN_IMG ? 1 : 0;
      return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void* /*detail*/, void* self) {
      static_cast<MarkdownReader*>(self)->hidden_ -= type == MD_SPAN_IMG ? 1 : 0;
      return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
      static_cast<MarkdownReader*>(self)->Text(type, {text, size});
      return 0;
    };
    last_ = from;
    const auto size = static_cast<MD_SIZE>(text_.size() - from);
    if (md_parse(text_.data() + from, size, &parser, this) != 0) {
      return Fail(ErrorCode::kLibrary, "md4c could not read it");
    }
    Flush();
    return std::move(out_);
  }

 private:
  void Enter(MD_BLOCKTYPE type, void* detail) {
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) return line_.Blank();
    Flush();
    if (type == MD_BLOCK_LI) ++items_;
    if (type == MD_BLOCK_CODE) in_code_ = true;
    if (type == MD_BLOCK_HTML) html_ = {text_.size(), 0};
    if (type == MD_BLOCK_H) {
      level_ = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
    }
  }

  void Leave(MD_BLOCKTYPE type) {
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) return;
    if (type == MD_BLOCK_HTML) Html();
    Flush();
    ruby_ = 0;
    level_ = 0;
    if (type == MD_BLOCK_LI) --items_;
    if (type == MD_BLOCK_CODE) in_code_ = false;
  }

  // md4c gives pieces of the text itself, except for line breaks and blanks of its own.
  bool IsPiece(std::string_view text) const {
    return text.data() >= text_.data() && text.data() + text.size() <= text_.data() + text_.size();
  }

  void Text(MD_TEXTTYPE type, std::string_view text) {
    const bool piece = IsPiece(text);
    const auto at = piece ? static_cast<std::size_t>(text.data() - text_.data()) : last_;
    if (piece) last_ = at + text.size();
    if (type == MD_TEXT_HTML) return HtmlText(text, at, piece);
    if (hidden_ > 0 || ruby_ > 0) return;
    if (type == MD_TEXT_BR) return Flush();
    if (type == MD_TEXT_SOFTBR || !piece) {
      if (in_code_ && text == "\n") return Flush();
      const std::size_t end = text_.find('\n', last_);
      if (text != "\n" || end == std::string_view::npos) return line_.Blank();
      return line_.PutChar('\n', end, end + 1);
    }
    if (type == MD_TEXT_ENTITY) return Entity(text, at);
    line_.Copy(text, at);
  }

  void Entity(std::string_view entity, std::size_t at) {
    const std::string made = DecodeEntity(entity);
    for (std::size_t i = 0; i < made.size();) {
      line_.PutChar(utf8::Next(made, i), at, at + entity.size());
    }
  }

  // A tag in a paragraph comes by itself; the lines of a block of HTML are put together first.
  void HtmlText(std::string_view text, std::size_t at, bool piece) {
    if (!piece) return;
    if (InHtml()) {
      html_.begin = std::min(html_.begin, at);
      html_.end = std::max(html_.end, at + text.size());
      return;
    }
    if (text.starts_with('<')) TagOf(ReadTag(text, 0));
  }

  bool InHtml() const { return html_.begin != kNone; }

  void TagOf(const Tag& tag) {
    if (tag.name == "rt" || tag.name == "rp") {
      ruby_ = tag.kind == TagKind::kStart ? 1 : 0;
    } else if (tag.name == "br" || IsBlockName(tag.name)) {
      Flush();
    }
  }

  void Html() {
    const auto [begin, end] = std::exchange(html_, {kNone, 0});
    const std::string_view html = text_.substr(0, std::max(begin, end));
    for (std::size_t at = begin; at < html.size();) {
      const std::size_t next = std::min(html.find_first_of("<&", at), html.size());
      if (next > at && ruby_ == 0) line_.Copy(html.substr(at, next - at), at);
      at = next;
      if (at == html.size()) break;
      if (html[at] == '&') {
        at = HtmlEntity(html, at);
        continue;
      }
      const Tag tag = ReadTag(html, at);
      if (tag.kind == TagKind::kNone) {
        line_.Copy("<", at++);
        continue;
      }
      at = tag.end;
      const bool raw = tag.name == "script" || tag.name == "style";
      if (raw && tag.kind == TagKind::kStart) at = FindRawTextEnd(html, at, tag.name);
      TagOf(tag);
    }
  }

  std::size_t HtmlEntity(std::string_view html, std::size_t at) {
    constexpr std::size_t kLongest = 34;
    const std::size_t end = html.substr(0, at + kLongest).find(';', at);
    if (end == std::string_view::npos) {
      line_.Copy("&", at);
      return at + 1;
    }
    if (ruby_ == 0) Entity(html.substr(at, end + 1 - at), at);
    return end + 1;
  }

  // The block with the lines that it stands on.
  void Flush() {
    const model::SourceRange range = line_.Range();
    TextBuilder::Line line = line_.Take(decoded_);
    if (line.text.empty()) return;
    const std::size_t first = text_.substr(0, range.begin).rfind('\n');
    const std::size_t begin = first == std::string_view::npos ? 0 : first + 1;
    std::size_t end = std::min(text_.find('\n', range.end), text_.size());
    if (end > range.end && text_[end - 1] == '\r') --end;
    Block block;
    block.kind = level_ > 0   ? BlockKind::kHeading
                 : items_ > 0 ? BlockKind::kItem
                              : BlockKind::kParagraph;
    block.level = level_;
    block.text = std::move(line.text);
    block.map = std::move(line.map);
    block.source = ToInput(decoded_, begin, end);
    out_.push_back(std::move(block));
  }

  static constexpr std::size_t kNone = SIZE_MAX;

  const Decoded& decoded_;
  std::string_view text_;
  TextBuilder line_;
  std::vector<Block> out_;
  std::size_t last_ = 0;  // behind the last piece of the text
  int level_ = 0;         // of the heading that is open
  int items_ = 0;
  int hidden_ = 0;  // pictures around the place
  int ruby_ = 0;    // in a reading
  bool in_code_ = false;
  struct {
    std::size_t begin = kNone;  // kNone: in no block of HTML
    std::size_t end = 0;
  } html_;
};

// A value of the front matter as a line with its way back.
TextBuilder::Line LineOf(std::string_view value, const Decoded& decoded) {
  TextBuilder line;
  if (!value.empty())
    line.Copy(value, static_cast<std::size_t>(value.data() - decoded.text.data()));
  return line.Take(decoded);
}

bool IsTop(const Block& block) { return block.kind == BlockKind::kHeading && block.level == 1; }

// The heading that is the title: the first block; or, without front matter, the only one of
// level 1.
std::vector<Block>::iterator FindTitle(const std::string& named, std::vector<Block>& blocks) {
  const auto first = std::find_if(blocks.begin(), blocks.end(), IsTop);
  if (first == blocks.end()) return first;
  const bool leads = first == blocks.begin();
  if (!named.empty()) return leads && first->text == named ? first : blocks.end();
  return leads || std::count_if(blocks.begin(), blocks.end(), IsTop) == 1 ? first : blocks.end();
}

// The title, and levels that begin at 2 below it. Without any other, the first heading names the
// text and stays.
void SetTitle(std::string_view named, const Decoded& decoded, Article& article) {
  TextBuilder::Line title = LineOf(named, decoded);
  article.title = std::move(title.text);
  article.title_map = std::move(title.map);
  std::vector<Block>& blocks = article.blocks;
  const auto found = FindTitle(article.title, blocks);
  const auto first = std::find_if(blocks.begin(), blocks.end(), [](const Block& block) {
    return block.kind == BlockKind::kHeading;
  });
  const auto lends = found == blocks.end() ? first : found;
  if (article.title.empty() && lends != blocks.end()) {
    article.title = lends->text;
    article.title_map = lends->map;
  }
  if (found != blocks.end()) blocks.erase(found);
  const bool shifted = std::any_of(blocks.begin(), blocks.end(), IsTop);
  for (Block& block : blocks) {
    if (block.kind == BlockKind::kHeading && shifted) ++block.level;
  }
}

}  // namespace

Result<Article> ReadMarkdown(const Decoded& decoded, const DateWords& dates) {
  const FrontMatter front = ReadFrontMatter(decoded.text);
  auto blocks = MarkdownReader(decoded).Run(front.size);
  if (!blocks) return Pass(blocks);
  Article out;
  out.profile = "markdown";
  out.blocks = std::move(*blocks);
  SetTitle(front.Value({"title"}), decoded, out);
  out.author = LineOf(front.Value({"author", "authors"}), decoded).text;
  out.language = LineOf(front.Value({"lang", "language"}), decoded).text;
  out.site = LineOf(front.Value({"site", "source"}), decoded).text;
  out.published = FindDate(front.Value({"date", "published", "publishDate", "created"}), dates);
  return out;
}

}  // namespace sakuin::ingest

#include "indexer/ingest/plain/plain_text.h"

#include <algorithm>
#include <utility>

#include "indexer/ingest/plain/plain_text_structure.h"
#include "indexer/ingest/text_builder.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// The bracket that opens before `url` and holds it; kNone where there is none near.
std::size_t OpenBracket(std::string_view line, std::size_t from, std::size_t url) {
  constexpr std::size_t kMostBefore = 120;  // bytes: the name of the source
  static constexpr std::string_view kOpen[] = {
      "(", "[", "\xEF\xBC\x88", "\xE3\x80\x94", "\xE3\x80\x90", "\xEF\xBC\xBB"};
  static constexpr std::string_view kClose[] = {
      ")", "]", "\xEF\xBC\x89", "\xE3\x80\x95", "\xE3\x80\x91", "\xEF\xBC\xBD"};
  std::size_t best = kNone;
  for (std::size_t i = 0; i < std::size(kOpen); ++i) {
    const std::size_t open = line.rfind(kOpen[i], url);
    if (open == kNone || open < from || url - open > kMostBefore) continue;
    if (line.substr(open, url - open).find(kClose[i]) != kNone) continue;  // closed before
    if (best == kNone || open > best) best = open;
  }
  return best;
}

// Behind the bracket that closes a citation; kNone where it stays open.
std::size_t CloseBracket(std::string_view line, std::size_t url) {
  static constexpr std::string_view kClose[] = {
      ")", "]", "\xEF\xBC\x89", "\xE3\x80\x95", "\xE3\x80\x91", "\xEF\xBC\xBD"};
  std::size_t best = kNone;
  for (const std::string_view close : kClose) {
    const std::size_t at = line.find(close, url);
    if (at != kNone) best = std::min(best, at + close.size());
  }
  return best;
}

// The bytes of a citation that holds an address: in brackets, "(source:https://...)", or at the
// line's end behind a full stop, "...end. source:https://...". No text of the article. {kNone,
// kNone} where there is none.
std::pair<std::size_t, std::size_t> FindCitation(std::string_view line, std::size_t from) {
  for (std::size_t url = line.find("http", from); url != kNone; url = line.find("http", url + 1)) {
    if (line.substr(url, 8).find("://") == kNone) continue;
    const std::size_t open = OpenBracket(line, from, url);
    if (open != kNone) {
      const std::size_t close = CloseBracket(line, url);
      if (close != kNone) return {open, close};
      continue;
    }
    const bool last = line.find(' ', url) == kNone && line.find("\xE3\x80\x82", url) == kNone;
    const std::size_t stop = line.rfind("\xE3\x80\x82", url);
    constexpr std::size_t kLongestLabel = 40;  // bytes
    if (last && stop != kNone && stop >= from && url - stop <= kLongestLabel) {
      return {stop + 3, line.size()};
    }
  }
  return {kNone, kNone};
}

class DumpReader {
 public:
  DumpReader(const PlainTextRules& rules, const Decoded& decoded, const std::string& title)
      : decoded_(decoded), title_(title), structure_(FindStructure(rules, decoded.text, title)) {}

  Article Run() {
    Article out;
    out.profile = "plain-text";
    out.published = structure_.published;
    out.author = structure_.author;
    out.site = structure_.site;
    for (std::size_t i = 0; i < structure_.lines.size(); ++i) {
      Add(i);
      if (structure_.lines[i].role == LineRole::kDropped) NoteDropped(structure_.lines[i], out);
    }
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
      const std::size_t length = line.text.size() - line.skip - line.trim;
      builder_.Copy(line.text.substr(line.skip, length), line.begin + line.skip);
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

  void NoteDropped(const DumpLine& line, Article& out) const {
    ++out.dropped_counts[line.why];
    const model::SourceRange range = ToInput(decoded_, line.begin, line.begin + line.text.size());
    out.dropped.push_back({false, line.why, std::string(line.text), range});
  }

  void Add(std::size_t i) {
    if (const auto said = structure_.speakers.find(i); said != structure_.speakers.end()) {
      Flush();
      speakers_.push_back(said->second);
    }
    const DumpLine& line = structure_.lines[i];
    if (line.role == LineRole::kDropped) return Flush();
    if (line.role == LineRole::kContinued && !builder_.Empty()) {
      // A broken line of Han or kana goes on without a blank; a dose below its item does not.
      const bool wide = i > 0 && IsMostlyWide(structure_.Text(i - 1));
      if (!wide || !structure_.GoesOn(i - 1)) builder_.Blank();
      return Copy(line);
    }
    const bool text = line.role == LineRole::kText;
    const bool joined =
        text && last_ != nullptr && last_->role == LineRole::kText && structure_.GoesOn(i - 1);
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
      at = open == kNone ? text.size() : close;
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
    if (block.kind != BlockKind::kHeading) block.speakers = std::exchange(speakers_, {});
    if (!block.text.empty()) blocks_.push_back(std::move(block));
  }

  const Decoded& decoded_;
  const std::string& title_;
  Dump structure_;
  TextBuilder builder_;
  std::vector<Block> blocks_;
  std::vector<model::Speaker> speakers_;  // of the next block
  const DumpLine* last_ = nullptr;
  BlockKind kind_ = BlockKind::kParagraph;
  int level_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

Article ReadPlainText(const PlainTextRules& rules, const Decoded& decoded,
                      const std::string& title) {
  return DumpReader(rules, decoded, title).Run();
}

}  // namespace sakuin::ingest

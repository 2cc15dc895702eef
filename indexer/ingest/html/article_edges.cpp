#include "indexer/ingest/html/article_edges.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/dates.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestFurniture = 90;  // characters of a line
constexpr std::size_t kLongestSentence = 60;   // of one that ends in a full stop

class Edges {
 public:
  Edges(const PlainTextRules& rules, Article& article, std::vector<Block>& blocks)
      : rules_(rules), article_(article), blocks_(blocks), gone_(blocks.size(), nullptr) {}

  void Run(const BlockNote& note) {
    constexpr std::size_t kFewest = 4;
    if (blocks_.size() < kFewest) return;
    Head();
    Between();
    Tail();
    LeaveOut(gone_, note, blocks_);
  }

 private:
  bool IsHeading(std::size_t i) const { return blocks_[i].kind == BlockKind::kHeading; }

  void Head() {
    constexpr std::size_t kDeepest = 8;  // lines in which the title may stand
    std::size_t begin = 0;
    for (std::size_t i = 0; i < std::min(kDeepest, blocks_.size()); ++i) {
      const std::string& text = blocks_[i].text;
      if (IsHeading(i) || (text != article_.title && EndsSentence(text))) break;
      if (text == article_.title) begin = i + 1;
    }
    for (std::size_t i = 0; i < begin; ++i) {
      gone_[i] = i + 1 == begin ? "the title again" : "above the title";
    }
    constexpr std::size_t kMostLines = 4;
    for (std::size_t i = begin; i < blocks_.size() && i < begin + kMostLines; ++i) {
      if (IsHeading(i)) return;
      if (IsMetadata(blocks_[i].text)) TakeMetadata(i);
    }
  }

  bool IsMetadata(std::string_view line) const {
    if (Characters(line) > kLongestSentence || EndsSentence(line) || EndsOpen(line)) return false;
    if (BulletLength(line) > 0) return false;
    return IsDated(line) || rules_.Is("author", line) || rules_.Is("site", line);
  }

  // The date stands at the front, or behind a word that says what it is.
  bool IsDated(std::string_view line) const {
    constexpr std::size_t kFront = 30;  // bytes
    if (!HoldsDay(line, rules_.dates())) return false;
    const std::string_view front = line.substr(0, utf8::FloorBoundary(line, kFront));
    std::size_t at = 0;
    const char32_t first = utf8::Next(line, at);
    const bool bracket = first == '(' || first == 0xFF08;
    return (!bracket && HoldsDay(front, rules_.dates())) || rules_.Is("published", line);
  }

  void TakeMetadata(std::size_t i) {
    constexpr std::size_t kLongestName = 30;
    const std::string_view line = blocks_[i].text;
    gone_[i] = "a line of metadata";
    if (article_.published.empty()) article_.published = FindDate(line, rules_.dates());
    for (const auto& [kind, field] :
         {std::pair{"author", &article_.author}, std::pair{"site", &article_.site}}) {
      const std::string_view name = rules_.Behind(kind, line);
      if (!field->empty() || name.empty() || Characters(name) > kLongestName) continue;
      if (!HoldsDay(name, rules_.dates()) && !IsContact(name)) *field = std::string(name);
    }
  }

  // "Related reading: what helps against ..." between two paragraphs.
  void Between() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      const bool more = Characters(block.text) > kLongestSentence || EndsInStop(block.text);
      if (gone_[i] == nullptr && IsOrnament(block.text)) gone_[i] = "an ornament";
      if (gone_[i] != nullptr || IsHeading(i) || more) continue;
      if (HasColon(block.text) && rules_.Is("end", block.text)) gone_[i] = "names another article";
    }
  }

  static bool HasColon(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.find("\xEF\xBC\x9A"));
    return colon != std::string_view::npos && colon + 3 < text.size();
  }

  bool IsSmallPrint(std::string_view line) const {
    if (Characters(line) > (EndsInStop(line) ? kLongestSentence : kLongestFurniture)) return false;
    return rules_.Is("drop", line) && CountStops(line) <= 1;
  }

  // Never all of it: what stands below the first sentence only.
  void Tail() {
    std::size_t first = 0;
    while (first < blocks_.size() && !EndsSentence(blocks_[first].text)) ++first;
    bool linked = false;  // a line below was a link and went
    for (std::size_t i = blocks_.size(); i-- > first + 1;) {
      if (gone_[i] != nullptr) continue;
      const std::string_view line = blocks_[i].text;
      if (blocks_[i].look.linked || (linked && IsHeading(i))) {
        gone_[i] = "links at the end";
        linked = !IsHeading(i);
        continue;
      }
      const bool strong = rules_.Is("promo", line) || IsSmallPrint(line);
      const bool weak = !EndsInStop(line) && (rules_.Is("tail", line) || IsContact(line) ||
                                              IsTrail(line) || rules_.Is("end", line));
      if (Characters(line) > kLongestFurniture * 2 || (!strong && !weak)) return;
      if (blocks_[i].kind == BlockKind::kItem && !strong) return;
      gone_[i] = "furniture at the end";
    }
  }

  const PlainTextRules& rules_;
  Article& article_;
  std::vector<Block>& blocks_;
  std::vector<const char*> gone_;  // why a block goes
};

}  // namespace

void TrimEdges(const PlainTextRules& rules, Article& article, std::vector<Block>& blocks,
               const BlockNote& note) {
  Edges(rules, article, blocks).Run(note);
}

}  // namespace sakuin::ingest

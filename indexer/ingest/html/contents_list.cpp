#include "indexer/ingest/html/contents_list.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "indexer/ingest/html/heading_text.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestEntry = 60;  // characters
constexpr std::size_t kFewestEntries = 2;  // below a line that announces them; else one more

class Contents {
 public:
  Contents(const PlainTextRules& rules, std::vector<Block>& blocks)
      : rules_(rules), blocks_(blocks), gone_(blocks.size(), false) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const bool entry = Characters(blocks[i].text) <= kLongestEntry && !EndsInStop(blocks[i].text);
      words_.push_back(entry ? HeadingWords(rules, blocks[i].text) : std::string_view());
      if (!words_[i].empty()) last_[words_[i]] = i;
    }
  }

  void Run(const BlockNote& note) {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (gone_[i]) continue;
      const bool announced = rules_.Is("contents", blocks_[i].text);
      Read(announced ? i + 1 : i, announced);
    }
    std::vector<Block> kept;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (gone_[i]) {
        note(blocks_[i], "a table of contents");
      } else {
        kept.push_back(std::move(blocks_[i]));
      }
    }
    blocks_ = std::move(kept);
  }

 private:
  // Where the words of an entry come again, behind `from`; size() where they do not.
  std::size_t Again(std::size_t entry, std::size_t from) const {
    if (words_[entry].empty()) return blocks_.size();
    const std::size_t again = last_.at(words_[entry]);
    return again > from ? again : blocks_.size();
  }

  // Entries from `begin` on; an entry in four may have been shortened. A heading ends the list:
  // the body has begun.
  void Read(std::size_t begin, bool announced) {
    std::size_t found = 0;
    std::size_t end = begin;
    std::size_t body = blocks_.size();  // where the first entry comes again
    for (std::size_t i = begin; i < body && !words_[i].empty(); ++i) {
      if (blocks_[i].kind == BlockKind::kHeading) break;
      const std::size_t again = Again(i, i);
      if (again == blocks_.size()) {
        if ((i + 1 - begin - found) * 4 > i + 1 - begin) break;
        continue;
      }
      body = std::min(body, again);
      ++found;
      end = i + 1;
    }
    if (found < (announced ? kFewestEntries : kFewestEntries + 1)) return;
    for (std::size_t i = announced ? begin - 1 : begin; i < end; ++i) gone_[i] = true;
  }

  const PlainTextRules& rules_;
  std::vector<Block>& blocks_;
  std::vector<std::string_view> words_;  // of each block; empty: it is no entry
  std::unordered_map<std::string_view, std::size_t> last_;
  std::vector<bool> gone_;
};

}  // namespace

void DropContents(const PlainTextRules& rules, std::vector<Block>& blocks, const BlockNote& note) {
  Contents(rules, blocks).Run(note);
}

}  // namespace sakuin::ingest

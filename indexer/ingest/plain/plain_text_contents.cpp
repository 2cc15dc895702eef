#include <algorithm>
#include <string>
#include <vector>

#include "indexer/base/utf8.h"
#include "indexer/ingest/plain/plain_text_structure.h"

// Tables of contents: they go out, and say which bare lines are headings.

namespace sakuin::ingest {
namespace {

constexpr std::size_t kWindow = 600;  // lines in which an entry must come again
constexpr std::size_t kMostEntries = 60;
constexpr std::size_t kShortestHead = 4;  // characters

// An entry's or a heading's words: without bullet, number, mark, brackets, dots and page number.
std::string_view Bare(const PlainTextRules& rules, std::string_view line) {
  line.remove_prefix(BulletLength(line));
  line.remove_prefix(HeadingMarkLength(line));
  line.remove_prefix(std::max(OutlineLength(line), NumberLength(line)));
  line.remove_prefix(rules.Prefix("chapter", line));
  line.remove_prefix(rules.Prefix("question", line));
  if (IsBracketed(line)) line = line.substr(3, line.size() - 6);
  const std::size_t dots = std::min(line.find("..."), line.find("\xE2\x80\xA6\xE2\x80\xA6"));
  const bool page = dots != std::string_view::npos && dots > 0 &&
                    line.find_first_not_of("0123456789. ", line.find_last_of(".\xA6") + 1) ==
                        std::string_view::npos;
  if (page) line = line.substr(0, dots);
  return utf8::Trim(line);
}

// Before a dash or bracket: what an entry shares with the heading that it means.
std::string_view Head(std::string_view entry) {
  static constexpr std::string_view kDashes[] = {
      " \xE2\x80\x94", " \xE2\x88\x92", " - ", " \xE2\x80\x93", "(", "\xEF\xBC\x88"};
  std::size_t end = entry.size();
  for (const std::string_view dash : kDashes) end = std::min(end, entry.find(dash));
  return utf8::Trim(entry.substr(0, end));
}

class Contents {
 public:
  explicit Contents(Dump& dump) : dump_(dump) {
    for (const DumpLine& line : dump.lines) bare_.push_back(Bare(dump.rules, line.text));
  }

  void Run() {
    for (std::size_t i = 0; i < dump_.size(); ++i) {
      if (!dump_.Free(i) || !dump_.rules.Is("contents", dump_.Text(i))) continue;
      dump_.Drop(i);
      ReadTable(i + 1);
      break;
    }
    for (std::size_t i = 0; i < dump_.size(); ++i) ReadMini(i);
    for (const std::size_t i : dump_.chapter_ends) {
      if (dump_.Free(i)) Name(i, 2);
    }
  }

 private:
  void Name(std::size_t i, int level) {
    if (!dump_.Free(i)) return;
    const std::string_view line = dump_.Text(i);
    const std::size_t skip =
        bare_[i].empty() ? 0 : static_cast<std::size_t>(bare_[i].data() - line.data());
    dump_.MakeHeading(i, "contents", skip, line.size() - skip - bare_[i].size());
    dump_.lines[i].level = level;
  }

  bool IsCandidate(std::size_t i) const {
    constexpr std::size_t kMore = 12;  // characters of number and mark
    const DumpLine& line = dump_.lines[i];
    if (line.role != LineRole::kText && line.role != LineRole::kHeading) return false;
    return BulletLength(line.text) == 0 && !bare_[i].empty() &&
           dump_.IsShort(line.text.substr(0, line.text.size() - std::min(line.text.size(), kMore)));
  }

  // Where an entry comes again as a line of its own; size() where it does not.
  std::size_t FindAgain(std::string_view entry, std::size_t from) const {
    const std::size_t end = std::min(dump_.size(), from + kWindow);
    if (entry.empty()) return dump_.size();
    for (std::size_t i = from; i < end; ++i) {
      if (IsCandidate(i) && bare_[i] == entry) return i;
    }
    const std::string_view head = Head(entry);
    if (Characters(head) < kShortestHead) return dump_.size();
    for (std::size_t i = from; i < end; ++i) {
      if (!IsCandidate(i) || EndsOpen(dump_.Text(i)) || EndsInStop(dump_.Text(i))) continue;
      if (bare_[i].starts_with(head)) return i;
    }
    return dump_.size();
  }

  struct Found {
    std::size_t entry = 0;
    std::size_t again = 0;  // size(): nowhere
    std::size_t depth = 0;  // 0 for the outermost entries
  };

  std::size_t Depth(std::size_t i) const {
    const DumpLine& line = dump_.lines[i];
    const std::size_t outline = OutlineDepth(line.text.substr(BulletLength(line.text)));
    if (outline > 0) return outline - 1;
    return line.indent;
  }

  // The list under a contents word: up to the line where its first entry comes again, or where
  // text begins. An entry that never comes again above one that does was a heading that only
  // looked like one.
  void ReadTable(std::size_t begin) {
    constexpr std::size_t kMostMissed = 3;
    std::vector<Found> found;
    std::size_t missed = 0;
    std::size_t body = dump_.size();
    for (std::size_t i = begin; i < body && i < begin + kMostEntries && missed <= kMostMissed;
         ++i) {
      if (!dump_.Free(i)) continue;
      const std::size_t again = FindAgain(bare_[i], i + 1);
      const bool text = EndsInStop(dump_.Text(i)) || !dump_.IsShort(dump_.Text(i));
      if (again == dump_.size() && text) break;
      body = std::min(body, again);
      missed = again == dump_.size() ? missed + 1 : 0;
      found.push_back({i, again, Depth(i)});
    }
    while (!found.empty() && found.back().again == dump_.size()) found.pop_back();
    TakeTable(found);
  }

  void TakeTable(const std::vector<Found>& found) {
    const auto bullet = [this](const Found& f) { return BulletLength(dump_.Text(f.entry)) > 0; };
    const bool mixed = std::any_of(found.begin(), found.end(), bullet) &&
                       !std::all_of(found.begin(), found.end(), bullet);
    std::size_t least = dump_.size();
    for (const Found& f : found) least = std::min(least, f.depth);
    for (std::size_t k = 0; k < found.size(); ++k) {
      const Found& f = found[k];
      const int level = (mixed && bullet(f)) || f.depth > least ? 3 : 2;
      const bool heads = f.again == dump_.size() && mixed && !bullet(f) && k + 1 < found.size() &&
                         bullet(found[k + 1]);
      if (heads) {
        Name(f.entry, 2);
      } else {
        dump_.Drop(f.entry);
        if (f.again < dump_.size()) Name(f.again, level);
      }
    }
  }

  // A run of bullets of which most come again as lines: the line before it is a main heading.
  void ReadMini(std::size_t i) {
    const auto bullet = [this](std::size_t at) {
      return dump_.Free(at) && BulletLength(dump_.Text(at)) > 0;
    };
    if (!bullet(i) || (i > 0 && bullet(i - 1))) return;
    std::size_t end = i;
    while (bullet(end)) ++end;
    const std::size_t count = end - i;
    if (count < 2 || count > kMostEntries) return;
    std::vector<std::size_t> again;
    std::size_t found = 0;
    for (std::size_t j = i; j < end; ++j) {
      again.push_back(FindAgain(bare_[j], end));
      found += again.back() < dump_.size() ? 1 : 0;
    }
    if (found * 2 < count + 1) return;
    const std::size_t above = dump_.PreviousKept(i);
    const bool heads = above + 1 == i && dump_.IsShort(dump_.Text(above)) &&
                       !EndsOpen(dump_.Text(above)) && !EndsInStop(dump_.Text(above));
    if (heads) Name(above, 2);
    for (std::size_t j = i; j < end; ++j) {
      dump_.Drop(j);
      if (again[j - i] < dump_.size()) Name(again[j - i], heads ? 3 : 2);
    }
  }

  Dump& dump_;
  std::vector<std::string_view> bare_;
};

}  // namespace

void FindContents(Dump& dump) { Contents(dump).Run(); }

}  // namespace sakuin::ingest

#include "indexer/ingest/plain_text_structure.h"

#include <algorithm>

#include "indexer/ingest/dates.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestHeading = 48;  // characters
constexpr std::size_t kLongestLatinHeading = 90;
constexpr std::size_t kHeaderLines = 12;
constexpr std::size_t kShortestKeywordRun = 12;

std::size_t Limit(std::string_view line) {
  return IsMostlyWide(line) ? kLongestHeading : kLongestLatinHeading;
}

// Before a dash or colon: what a table of contents shares with the heading it means.
std::string_view Head(std::string_view entry) {
  static constexpr std::string_view kDashes[] = {" \xE2\x80\x94", " \xE2\x88\x92", " - ",
                                                 " \xE2\x80\x93", "("};
  std::size_t end = entry.size();
  for (const std::string_view dash : kDashes) end = std::min(end, entry.find(dash));
  return entry.substr(0, end);
}

class Finder {
 public:
  Finder(const PlainTextRules& rules, std::string_view text, std::string_view known_title)
      : rules_(rules), known_title_(known_title) {
    out_.lines = SplitLines(text);
    out_.title = out_.lines.size();
  }

  DumpStructure Run() {
    FindTitle();
    FindHeader();
    FindEnd();
    FindHashtags();
    DropLines();
    FindContents();
    FindAnswers();
    FindMarked();
    FindBare();
    FindItems();
    return std::move(out_);
  }

 private:
  using Line = DumpLine;
  std::vector<Line>& lines() { return out_.lines; }
  std::size_t size() const { return out_.lines.size(); }
  bool Free(std::size_t i) const { return i < size() && out_.lines[i].role == LineRole::kText; }

  void Drop(std::size_t i) { lines()[i].role = LineRole::kDropped; }
  void MakeHeading(std::size_t i, int level, std::size_t skip = 0, std::size_t trim = 0) {
    Line& line = lines()[i];
    line.role = LineRole::kHeading;
    line.level = level;
    line.skip = skip;
    line.trim = trim;
  }

  // The next line that is kept, from `i` on; size() where there is none.
  std::size_t NextKept(std::size_t i) const {
    while (i < size() && out_.lines[i].role == LineRole::kDropped) ++i;
    return i;
  }

  bool IsShort(std::string_view line) const { return Characters(line) <= Limit(line); }

  void FindTitle() {
    if (size() == 0 || rules_.Is("contents", lines()[0].text)) return;
    const Line& first = lines()[0];
    if (!known_title_.empty() && first.text != known_title_) return;
    constexpr std::size_t kLongestTitle = 80;
    const bool title = Characters(first.text) <= (IsMostlyWide(first.text) ? kLongestTitle : 160) &&
                       BulletLength(first.text) == 0 && !IsHashtag(first.text);
    if (!title) return;
    out_.title = 0;
    lines()[0].role = LineRole::kDropped;  // it becomes the lead section's heading
    lines()[0].skip = HeadingMarkLength(first.text);
    // A title printed again shortly after: what stands between is metadata.
    for (std::size_t i = 1; i < std::min(size(), kHeaderLines); ++i) {
      if (lines()[i].text != first.text) continue;
      for (std::size_t j = 1; j <= i; ++j) {
        TakeDate(lines()[j].text);
        Drop(j);
      }
    }
  }

  void TakeDate(std::string_view line) {
    if (out_.published.empty()) out_.published = FindDate(line);
  }

  bool IsDateLine(std::string_view line) const {
    constexpr std::size_t kLongest = 70;
    return Characters(line) <= kLongest && FindDatePlace(line).end > 0 && !EndsSentence(line);
  }

  // Words run together without any separator: the page's keywords.
  bool IsKeywordRun(std::string_view line) const {
    return IsMostlyWide(line) && Characters(line) >= kShortestKeywordRun &&
           !HasSentencePunctuation(line) && line.find(' ') == std::string_view::npos;
  }

  // Date lines among the first; in the block of lines that holds one, an abstract and keywords.
  void FindHeader() {
    for (std::size_t i = out_.title == 0 ? 1 : 0; i < std::min(size(), kHeaderLines); ++i) {
      if (!Free(i) || !IsDateLine(lines()[i].text)) continue;
      TakeDate(lines()[i].text);
      Drop(i);
      std::size_t end = i;
      while (end + 1 < size() && !lines()[end].blank_after) ++end;
      if (end > i && end - i <= 3 && IsKeywordRun(lines()[end].text)) {
        for (std::size_t j = i + 1; j <= end; ++j) Drop(j);
      } else if (end > i) {
        // Teasers printed as bullets under the date.
        for (std::size_t j = i + 1; j <= end; ++j) {
          if (BulletLength(lines()[j].text) > 0 && !EndsSentence(lines()[j].text)) Drop(j);
        }
      }
      return;
    }
  }

  void FindEnd() {
    for (std::size_t i = size() * 2 / 5; i < size(); ++i) {
      if (i == out_.title || !rules_.Is("end", lines()[i].text)) continue;
      for (std::size_t j = i; j < size(); ++j) Drop(j);
      return;
    }
  }

  // Blocks of hashtags stand at the end of chapters; behind the last of several comes promotion.
  void FindHashtags() {
    std::size_t blocks = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      if (!IsHashtag(lines()[i].text)) continue;
      if (i == 0 || !IsHashtag(lines()[i - 1].text)) ++blocks;
      Drop(i);
      last = i;
      const bool ends = i + 1 >= size() || !IsHashtag(lines()[i + 1].text);
      if (ends && Free(i + 1) && IsShort(lines()[i + 1].text) && !EndsOpen(lines()[i + 1].text)) {
        after_hashtags_.push_back(i + 1);
      }
    }
    if (blocks < 2 || last * 10 < size() * 6) return;
    for (std::size_t i = last + 1; i < size(); ++i) Drop(i);
  }

  void DropLines() {
    for (std::size_t i = 0; i < size(); ++i) {
      if (!Free(i) || !rules_.Is("drop", lines()[i].text)) continue;
      constexpr std::size_t kLongest = 90;
      if (Characters(lines()[i].text) > kLongest) continue;
      if (i < kHeaderLines || FindDatePlace(lines()[i].text).end > 0) TakeDate(lines()[i].text);
      Drop(i);
    }
  }

  // Where an entry of a table of contents comes again as a line of its own.
  std::size_t FindAgain(std::string_view entry, std::size_t from) const {
    const std::string_view head = Head(entry);
    constexpr std::size_t kShortestHead = 4;
    for (std::size_t i = from; i < size(); ++i) {
      const Line& line = out_.lines[i];
      if (!Free(i) || BulletLength(line.text) > 0 ||
          Characters(line.text) > Limit(line.text) + 12) {
        continue;
      }
      const bool same = line.text == entry;
      const bool begins = Characters(head) >= kShortestHead && line.text.starts_with(head) &&
                          !EndsOpen(line.text) && !line.text.ends_with("\xE3\x80\x82");
      if (same || begins) return i;
    }
    return size();
  }

  static std::string_view Entry(const Line& line) {
    const std::size_t bullet = BulletLength(line.text);
    std::string_view entry = line.text.substr(bullet);
    entry.remove_prefix(QuestionMarkLength(entry));
    return entry;
  }

  void FindContents() {
    for (std::size_t i = 0; i < size(); ++i) {
      if (!Free(i) || !rules_.Is("contents", lines()[i].text)) continue;
      Drop(i);
      ReadContents(i + 1);
      break;
    }
    for (std::size_t i = 0; i < size(); ++i) ReadMiniContents(i);
    for (const std::size_t i : after_hashtags_) {
      if (Free(i)) MakeHeading(i, 2);
    }
  }

  // The list under a contents word: up to a blank line or the first line that is no entry. An
  // entry that never comes again was a heading that only looked like one.
  void ReadContents(std::size_t i) {
    for (; Free(i); ++i) {
      const Line& line = lines()[i];
      if (EndsSentence(line.text) && line.text.ends_with("\xE3\x80\x82")) return;
      if (!IsShort(line.text) && BulletLength(line.text) == 0) return;
      const bool end = line.blank_after;
      const std::size_t again = FindAgain(Entry(line), i + 1);
      const bool bullet = BulletLength(line.text) > 0 || NumberLength(line.text) > 0;
      if (again < size()) {
        MakeHeading(again, bullet ? 3 : 2, QuestionMarkLength(lines()[again].text));
        Drop(i);
      } else if (!bullet && !line.blank_before) {
        MakeHeading(i, 2);
      } else if (bullet) {
        Drop(i);
      }
      if (end) return;
    }
  }

  // A run of bullets of which most come again as lines: the line before it is a main heading.
  void ReadMiniContents(std::size_t i) {
    const auto bullet = [this](std::size_t at) {
      return Free(at) && BulletLength(lines()[at].text) > 0;
    };
    if (!bullet(i) || (i > 0 && bullet(i - 1))) return;
    std::size_t end = i;
    while (bullet(end)) ++end;
    std::size_t found = 0;
    for (std::size_t j = i; j < end; ++j)
      found += FindAgain(Entry(lines()[j]), end) < size() ? 1 : 0;
    if (end - i < 2 || found * 2 < (end - i) + 1) return;
    for (std::size_t j = i; j < end; ++j) {
      const std::size_t again = FindAgain(Entry(lines()[j]), end);
      if (again < size()) MakeHeading(again, 3, QuestionMarkLength(lines()[again].text));
      Drop(j);
    }
    if (i > 0 && IsShort(lines()[i - 1].text) && lines()[i - 1].role != LineRole::kDropped &&
        !EndsOpen(lines()[i - 1].text)) {
      MakeHeading(i - 1, 2);
    }
  }

  // "question / name title / hospital / answer": two such groups at least.
  void FindAnswers() {
    constexpr std::size_t kLongest = 32;
    const auto speaker = [this](std::size_t i) {
      if (!Free(i) || Characters(lines()[i].text) > kLongest) return false;
      const std::string_view line = lines()[i].text;
      return (rules_.Is("speaker", line) || rules_.Is("grade", line)) && !EndsSentence(line);
    };
    std::vector<std::pair<std::size_t, std::size_t>> groups;
    for (std::size_t i = 1; i < size(); ++i) {
      if (!speaker(i) || speaker(i - 1) || !rules_.Is("speaker", lines()[i].text)) continue;
      const std::size_t end = speaker(i + 1) ? i + 2 : i + 1;
      const std::string_view before = lines()[i - 1].text;
      const bool question = Free(i - 1) && IsShort(before) && !before.ends_with("\xE3\x80\x82");
      if (question && Free(end)) groups.emplace_back(i, end);
    }
    if (groups.size() < 2) return;
    for (const auto& [begin, end] : groups) {
      MakeHeading(begin - 1, 2, QuestionMarkLength(lines()[begin - 1].text));
      for (std::size_t i = begin; i < end; ++i) Drop(i);
    }
  }

  bool HasBody(std::size_t i) const {
    const std::size_t next = NextKept(i + 1);
    return next < size();
  }

  void FindMarked() {
    std::string first_mark;
    for (std::size_t i = 0; i < size(); ++i) {
      if (!Free(i) || !HasBody(i)) continue;
      const std::string_view line = lines()[i].text;
      if (const std::size_t mark = HeadingMarkLength(line); mark > 0 && Characters(line) <= 90) {
        std::size_t end = line.find(' ');
        const std::string symbol(line.substr(0, end == std::string_view::npos ? 3 : end));
        if (first_mark.empty()) first_mark = symbol;
        MakeHeading(i, symbol == first_mark ? 2 : 3, mark);
        has_marks_ = true;
      } else if (IsBracketed(line) && IsShort(line)) {
        MakeHeading(i, has_marks_ ? 3 : 2, 3, 3);
      } else if (const std::size_t question = QuestionMarkLength(line);
                 question > 0 && IsShort(line)) {
        MakeHeading(i, has_marks_ ? 3 : 2, question);
      }
    }
    for (std::size_t i = 0; i < size(); ++i) {
      if (!Free(i)) continue;
      const std::size_t answer = AnswerMarkLength(lines()[i].text);
      // "A. physiotherapist" alone on its line says who answers.
      const bool speaker = answer > 0 && Characters(lines()[i].text) < 24 &&
                           rules_.Is("speaker", lines()[i].text) && !EndsSentence(lines()[i].text);
      if (speaker) {
        Drop(i);
      } else {
        lines()[i].skip = answer;
      }
    }
  }

  // A short line between blank lines that is no sentence and leads in nothing.
  bool LooksBare(std::size_t i) const {
    const Line& line = out_.lines[i];
    if (!line.blank_before || !IsShort(line.text) || EndsOpen(line.text)) return false;
    if (BulletLength(line.text) > 0 || line.indent > 1) return false;
    const bool question = line.text.ends_with("?") || line.text.ends_with("\xEF\xBC\x9F");
    if (EndsSentence(line.text) && !question) return false;
    if (Characters(line.text) < 2) return false;
    const std::size_t next = NextKept(i + 1);
    return next < size() && out_.lines[next].role != LineRole::kDropped;
  }

  void FindBare() {
    const bool has_headings = std::any_of(lines().begin(), lines().end(), [](const Line& line) {
      return line.role == LineRole::kHeading && line.level == 2;
    });
    for (std::size_t i = 0; i < size(); ++i) {
      if (!Free(i) || !LooksBare(i)) continue;
      // A line of its own; or directly above its text, where headings are set that way.
      const bool alone = lines()[i].blank_after;
      const bool above = !alone && i + 1 < size() &&
                         Characters(lines()[i + 1].text) > Limit(lines()[i].text) &&
                         Characters(lines()[i].text) <= 30;
      if (!alone && !above) continue;
      const bool numbered = NumberLength(lines()[i].text) > 0;
      const std::size_t next = NextKept(i + 1);
      if (numbered && next < size() && NumberLength(lines()[next].text) > 0) continue;  // a list
      MakeHeading(i, has_marks_ && has_headings ? 3 : 2);
    }
  }

  void FindItems() {
    std::size_t indent = 0;
    bool in_item = false;
    for (std::size_t i = 0; i < size(); ++i) {
      Line& line = lines()[i];
      if (line.role != LineRole::kText) {
        in_item = false;
        continue;
      }
      const std::size_t bullet = BulletLength(line.text);
      const std::size_t number = NumberLength(line.text);
      const bool arrow = line.text.starts_with("\xE2\x86\x92");
      if (bullet > 0 || number > 0) {
        line.role = LineRole::kItem;
        line.skip = bullet > 0 ? bullet : number;
        indent = line.indent;
        in_item = true;
      } else if (in_item && !line.blank_before && (line.indent > indent || arrow)) {
        line.role = LineRole::kContinued;
      } else {
        in_item = false;
      }
    }
  }

  const PlainTextRules& rules_;
  std::string_view known_title_;
  DumpStructure out_;
  std::vector<std::size_t> after_hashtags_;
  bool has_marks_ = false;
};

}  // namespace

DumpStructure FindStructure(const PlainTextRules& rules, std::string_view text,
                            std::string_view known_title) {
  return Finder(rules, text, known_title).Run();
}

}  // namespace sakuin::ingest

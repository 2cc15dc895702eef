#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "indexer/ingest/plain/plain_text_structure.h"

// What the page says of itself rather than the article: addresses, related titles, promotion.

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestFurniture = 90;  // characters of a line of it in between

// A line that holds nothing but the mark of the next: "-" or "1." alone.
bool IsLoneMark(std::string_view line) {
  constexpr std::size_t kLongest = 8;
  if (line.size() > kLongest) return false;
  const std::string probe = std::string(line) + " x";
  return std::max(BulletLength(probe), NumberLength(probe)) + 1 == probe.size();
}

void JoinLoneMarks(Dump& dump) {
  for (std::size_t i = 0; i + 1 < dump.size(); ++i) {
    if (!dump.Free(i) || !IsLoneMark(dump.Text(i)) || dump.lines[i + 1].blank_before) continue;
    if (!dump.Free(i + 1) || IsLoneMark(dump.Text(i + 1))) continue;
    dump.Drop(i);
    dump.lines[i + 1].role = LineRole::kItem;
  }
}

void DropOrnaments(Dump& dump) {
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (!dump.Free(i) || !IsOrnament(dump.Text(i))) continue;
    dump.Drop(i);  // a rule parts what stands above from what stands below
    if (i > 0) dump.lines[i - 1].blank_after = true;
    if (i + 1 < dump.size()) dump.lines[i + 1].blank_before = true;
  }
}

// What the article would say, counted once: furniture may stand on every line.
class Body {
 public:
  explicit Body(const Dump& dump) : sentences_(dump.size() + 1) {
    for (std::size_t i = 0; i < dump.size(); ++i) {
      sentences_[i + 1] = sentences_[i] + (IsSentence(dump, i) ? 1 : 0);
      const std::string_view line = dump.Text(i);
      if (!dump.Kept(i) || HeadingMarkLength(line) == 0 || IsFurniture(dump, line)) continue;
      const auto [it, fresh] = chapters_.emplace(line.substr(0, 3), std::pair{i, i});
      if (!fresh) it->second.second = i;
    }
  }

  // A chapter of the article that is only called like furniture: marked as the others are, with
  // sentences right below.
  bool IsChapter(const Dump& dump, std::size_t i) const {
    if (HeadingMarkLength(dump.Text(i)) == 0) return false;
    const auto same = chapters_.find(dump.Text(i).substr(0, 3));
    return same != chapters_.end() && same->second.first < i && i + 1 < dump.size() &&
           sentences_[i + 2] > sentences_[i + 1];
  }

  // Is line i, a furniture heading, the beginning of the end? Little that is text may follow, and
  // no chapter like those before it.
  bool EndsAt(std::size_t i) const {
    const std::size_t lines = sentences_.size() - 1;
    const std::size_t before = sentences_[i];
    const std::size_t after = sentences_.back() - sentences_[i + 1];
    if (before == 0 && i * 5 < lines * 2) return false;
    if (after == 0) return true;
    if (after > std::max<std::size_t>(2, before / 4)) return false;
    return std::none_of(chapters_.begin(), chapters_.end(), [i](const auto& chapter) {
      return chapter.second.first < i && chapter.second.second > i;
    });
  }

 private:
  static bool IsFurniture(const Dump& dump, std::string_view line) {
    return dump.rules.Is("end", line) || dump.rules.Is("tail", line) ||
           dump.rules.Is("promo", line);
  }

  static bool IsSentence(const Dump& dump, std::size_t i) {
    constexpr std::size_t kShortest = 20;
    const std::string_view line = dump.Text(i);
    return EndsSentence(line) && Characters(line) >= kShortest && BulletLength(line) == 0 &&
           !IsDoubled(line) && !dump.rules.Is("promo", line) && !dump.rules.Is("drop", line);
  }

  std::vector<std::size_t> sentences_;                                        // before line i
  std::map<std::string_view, std::pair<std::size_t, std::size_t>> chapters_;  // mark: first, last
};

// A box of related titles in the middle of the article: the line and its list.
void DropBox(Dump& dump, std::size_t i) {
  constexpr std::size_t kMostLines = 10;
  dump.Drop(i);
  for (std::size_t j = i + 1; j < dump.size() && j <= i + kMostLines; ++j) {
    const std::string_view line = dump.Text(j);
    const bool bullet = BulletLength(line) > 0;
    if (!dump.Free(j) || EndsInStop(line)) return;
    if (dump.lines[j].blank_before && !bullet) return;
    if (!bullet && !IsContact(line) && !IsDoubled(line)) return;
    dump.Drop(j);
  }
}

// Short lines right above the end that stand in it again, or a few words with no text below: the
// sign of the page's part.
void DropSigns(Dump& dump, std::size_t end) {
  constexpr std::size_t kLongestSign = 10;
  for (std::size_t i = end; i-- > 1 && i != dump.title;) {
    const std::string_view line = dump.Text(i);
    if (!dump.Free(i) || EndsSentence(line) || !dump.IsShort(line)) return;
    const bool alone = dump.lines[i].blank_before && dump.lines[i].blank_after &&
                       Characters(line) <= kLongestSign && !HasSentencePunctuation(line) &&
                       BulletLength(line) == 0 && NumberLength(line) == 0;
    if (alone) {
      dump.Drop(i);
      continue;
    }
    const auto again = [&](const DumpLine& other) { return other.text == line; };
    const auto behind = dump.lines.begin() + static_cast<std::ptrdiff_t>(end);
    if (std::none_of(behind, dump.lines.end(), again)) return;
    dump.Drop(i);
  }
}

void FindEnd(Dump& dump) {
  const Body body(dump);
  for (std::size_t i = dump.title < dump.size() ? dump.title + 1 : 1; i < dump.size(); ++i) {
    if (!dump.Free(i) || !dump.rules.Is("end", dump.Text(i))) continue;
    if (Characters(dump.Text(i)) > kLongestFurniture || body.IsChapter(dump, i)) continue;
    if (!body.EndsAt(i)) {
      DropBox(dump, i);
      continue;
    }
    for (std::size_t j = i; j < dump.size(); ++j) {
      const bool name = !EndsSentence(dump.Text(j)) && dump.rules.Is("clinic", dump.Text(j));
      constexpr std::size_t kLongestName = 24;
      if (name && dump.site.empty() && Characters(dump.Text(j)) <= kLongestName) {
        dump.site = std::string(dump.Text(j));
      }
      if (dump.Free(j)) dump.Drop(j);
    }
    DropSigns(dump, i);
    return;
  }
}

// Blocks of hashtags stand at the end of chapters; behind the last of several comes promotion.
void FindHashtags(Dump& dump) {
  constexpr std::size_t kFewestBlocks = 2;
  std::size_t blocks = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (!dump.Free(i) || !IsHashtag(dump.Text(i))) continue;
    if (i == 0 || !IsHashtag(dump.Text(i - 1))) ++blocks;
    dump.Drop(i);
    last = i;
    const bool ends = dump.Free(i + 1) && !IsHashtag(dump.Text(i + 1));
    if (ends && dump.IsShort(dump.Text(i + 1)) && !EndsOpen(dump.Text(i + 1))) {
      dump.chapter_ends.push_back(i + 1);
    }
  }
  if (blocks < kFewestBlocks || last * 10 < dump.size() * 6) return;
  for (std::size_t i = last + 1; i < dump.size(); ++i) dump.Drop(i);
}

// A label of the page, or a single sentence of small print.
bool IsSmallPrint(const Dump& dump, std::string_view line) {
  constexpr std::size_t kLongestSentence = 60;
  const std::size_t scale = IsMostlyWide(line) ? 1 : 2;  // letters of a word for one of Han
  const std::size_t most = scale * (EndsInStop(line) ? kLongestSentence : kLongestFurniture);
  if (Characters(line) > most) return false;
  return dump.rules.Is("drop", line) && CountStops(line) <= 1;
}

void DropBetween(Dump& dump) {
  for (std::size_t i = 0; i < dump.size(); ++i) {
    if (!dump.Free(i)) continue;
    const std::string_view line = dump.Text(i);
    const bool address = line.starts_with("http") && line.find(' ') == std::string_view::npos;
    if (address || IsDoubled(line)) {
      dump.Drop(i);
    } else if (IsSmallPrint(dump, line)) {
      dump.DropMetadata(i);
    }
  }
}

// "Name | what it is good for" beside other furniture.
void DropSlogans(Dump& dump) {
  constexpr std::size_t kLongest = 40;
  for (std::size_t i = 1; i < dump.size(); ++i) {
    const std::string_view line = dump.Text(i);
    const std::size_t bar = line.find(" | ");
    if (!dump.Free(i) || bar == std::string_view::npos || dump.Kept(i - 1)) continue;
    const bool one = line.find('|') == line.rfind('|');
    const bool digits = line.find_first_of("0123456789") != std::string_view::npos;
    if (one && !digits && Characters(line) <= kLongest && !EndsSentence(line)) dump.Drop(i);
  }
}

// "Popular: water on the run", "Previous | Next": no sentence, but a label or a menu.
bool IsLabelled(std::string_view line) {
  constexpr std::size_t kLongest = 40;
  static constexpr std::string_view kSigns[] = {":", "\xEF\xBC\x9A", "|", "\xEF\xBD\x9C",
                                                "/", "\xE2\x94\x82"};
  return Characters(line) <= kLongest && !EndsSentence(line) &&
         std::any_of(std::begin(kSigns), std::end(kSigns), [line](std::string_view sign) {
           return line.find(sign) != std::string_view::npos;
         });
}

// The name of a clinic above its address.
bool IsSign(const Dump& dump, std::size_t i) {
  constexpr std::size_t kLongest = 24;
  const std::string_view line = dump.Text(i);
  return Characters(line) <= kLongest && !HasSentencePunctuation(line) &&
         dump.rules.Is("clinic", line);
}

// From the last line upwards, while lines look like furniture; in a block with such lines less is
// asked of them.
void DropTail(Dump& dump) {
  bool below = false;  // the line below was dropped here, and stands in the same block
  for (std::size_t i = dump.size(); i-- > 1 && i != dump.title;) {
    if (!dump.Kept(i)) {
      below = false;
      continue;
    }
    const std::string_view line = dump.Text(i);
    const PlainTextRules& rules = dump.rules;
    const bool strong =
        rules.Is("end", line) || rules.Is("promo", line) || IsSmallPrint(dump, line);
    const bool weak = !EndsInStop(line) && (rules.Is("tail", line) || IsContact(line) ||
                                            IsDoubled(line) || IsTrail(line));
    // "Statement: ... no substitute for a doctor. ...": as small print in several sentences begins.
    const bool print = rules.Is("notice", line) && rules.Is("drop", line);
    const bool beside =
        below && !dump.lines[i].blank_after && (IsLabelled(line) || IsSign(dump, i));
    if (Characters(line) > kLongestFurniture * 2 || (!strong && !weak && !beside && !print)) {
      return;
    }
    if (HeadingMarkLength(line) > 0 && !strong) return;
    dump.DropMetadata(i);
    below = true;
  }
}

bool IsText(const Dump& dump, std::size_t i) {
  constexpr std::size_t kLongestLabel = 40;
  const std::string_view line = dump.Text(i);
  return EndsInStop(line) || EndsOpen(line) || BulletLength(line) > 0 || NumberLength(line) > 0 ||
         HeadingMarkLength(line) > 0 || IsBracketed(line) || Characters(line) > kLongestLabel;
}

// Behind the last line of text, what follows on furniture is furniture, known or not.
void DropBehind(Dump& dump) {
  std::size_t last = dump.size();
  while (last > 0 && !(dump.Kept(last - 1) && IsText(dump, last - 1))) --last;
  if (last == 0) return;
  bool found = false;
  for (std::size_t i = last; i < dump.size(); ++i) {
    found = found || (!dump.Kept(i) && !IsOrnament(dump.Text(i)));
    if (found && dump.Free(i)) dump.DropMetadata(i);
  }
}

}  // namespace

void FindFurniture(Dump& dump) {
  constexpr std::size_t kFewestLines = 4;  // a record's text of a few lines is no saved page
  if (dump.size() < kFewestLines) return;
  dump.stage = "mark of the next line";
  JoinLoneMarks(dump);
  dump.stage = "ornament";
  DropOrnaments(dump);
  dump.stage = "hashtags, or what stands behind them";
  FindHashtags(dump);
  dump.stage = "furniture from its heading on";
  FindEnd(dump);
  dump.stage = "furniture by its words";
  DropBetween(dump);
  dump.stage = "slogan";
  DropSlogans(dump);
  dump.stage = "furniture at the end";
  DropTail(dump);
  DropBehind(dump);
}

}  // namespace sakuin::ingest

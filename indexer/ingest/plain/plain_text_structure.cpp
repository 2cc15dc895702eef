#include "indexer/ingest/plain/plain_text_structure.h"

#include <algorithm>
#include <utility>

#include "indexer/ingest/dates.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kLongestHeading = 48;  // characters
constexpr std::size_t kLongestLatinHeading = 90;

}  // namespace

Dump::Dump(const PlainTextRules& rules_given, std::string_view text_given,
           std::string_view title_given)
    : rules(rules_given),
      text(text_given),
      known_title(title_given),
      lines(SplitLines(text_given)),
      title(lines.size()) {
  MeasureWidth();
}

std::size_t Dump::NextKept(std::size_t i) const {
  while (i < size() && !Kept(i)) ++i;
  return i;
}

std::size_t Dump::PreviousKept(std::size_t i) const {
  while (i-- > 0) {
    if (Kept(i)) return i;
  }
  return size();
}

bool Dump::IsShort(std::string_view line) const {
  return Characters(line) <= (IsMostlyWide(line) ? kLongestHeading : kLongestLatinHeading);
}

void Dump::TakeDate(std::string_view line) {
  if (!published.empty()) return;
  // "updated: ... published: ...": the second counts.
  published = FindDate(rules.Behind("published", line), rules.dates());
  if (published.empty()) published = FindDate(line, rules.dates());
}

void Dump::DropMetadata(std::size_t i) {
  TakeDate(Text(i));
  constexpr std::size_t kLongestName = 30;
  for (const auto& [kind, field] : {std::pair{"author", &author}, std::pair{"site", &site}}) {
    const std::string_view name = rules.Behind(kind, Text(i));
    if (!field->empty() || name.empty() || Characters(name) > kLongestName) continue;
    if (FindDate(name, rules.dates()).empty() && !IsContact(name)) *field = std::string(name);
  }
  Drop(i);
}

void Dump::MakeHeading(std::size_t i, std::string style, std::size_t skip, std::size_t trim) {
  DumpLine& line = lines[i];
  line.role = LineRole::kHeading;
  line.style = std::move(style);
  line.skip = skip;
  line.trim = trim;
}

// Are lines broken at a fixed width? Then many are nearly as long as the longest.
void Dump::MeasureWidth() {
  constexpr std::size_t kWidest = 100;
  constexpr std::size_t kNarrowest = 15;
  constexpr std::size_t kFewest = 6;
  std::vector<std::size_t> lengths;
  for (const DumpLine& line : lines) lengths.push_back(Characters(line.text));
  if (lengths.size() < kFewest) return;
  std::sort(lengths.begin(), lengths.end());
  // A title or an address may be longer than the text's width.
  const std::size_t longest = lengths[lengths.size() - 1 - lengths.size() / 50];
  const auto full = std::count_if(lengths.begin(), lengths.end(),
                                  [longest](std::size_t n) { return n * 5 >= longest * 4; });
  const bool broken = longest >= kNarrowest && longest <= kWidest &&
                      full * 3 >= static_cast<std::ptrdiff_t>(lengths.size());
  if (broken) width = longest;
}

bool Dump::GoesOn(std::size_t i) const {
  if (i + 1 >= size() || lines[i + 1].blank_before) return false;
  const std::string_view before = Text(i);
  const std::string_view line = Text(i + 1);
  if (EndsSentence(before)) return false;
  if (BulletLength(line) > 0 || NumberLength(line) > 0 || HeadingMarkLength(line) > 0) return false;
  const bool full = width > 0 && Characters(before) * 5 >= width * 4;
  if (!IsMostlyWide(before)) {
    const bool small = line[0] >= 'a' && line[0] <= 'z';
    constexpr std::size_t kLongLine = 60;  // a short one leads in a list
    return EndsInColon(before) ? small && Characters(before) >= kLongLine : small || full;
  }
  if (EndsInColon(before)) return false;
  return full || EndsInComma(before) || rules.Is("goes-on", line);
}

void FindItems(Dump& dump) {
  // One number alone is no list: it belongs to the text.
  constexpr std::ptrdiff_t kFewestNumbers = 2;
  const bool numbers = std::count_if(dump.lines.begin(), dump.lines.end(), [](const auto& line) {
                         return NumberLength(line.text) > 0;
                       }) >= kFewestNumbers;
  std::size_t indent = 0;
  bool in_item = false;
  for (std::size_t i = 0; i < dump.size(); ++i) {
    DumpLine& line = dump.lines[i];
    if (line.role == LineRole::kItem) {  // its mark stood on a line of its own
      indent = line.indent;
      in_item = true;
      continue;
    }
    if (line.role != LineRole::kText) {
      in_item = false;
      continue;
    }
    const std::size_t bullet = BulletLength(line.text);
    const std::size_t marker = bullet == 0 && numbers ? NumberLength(line.text) : bullet;
    const bool arrow = line.text.starts_with("\xE2\x86\x92");
    if (marker > 0) {
      line.role = LineRole::kItem;
      line.skip = marker;
      indent = line.indent;
      in_item = true;
    } else if (in_item && !line.blank_before &&
               (line.indent > indent || arrow || dump.GoesOn(i - 1))) {
      line.role = LineRole::kContinued;
    } else {
      in_item = false;
    }
  }
}

Dump FindStructure(const PlainTextRules& rules, std::string_view text,
                   std::string_view known_title) {
  Dump dump(rules, text, known_title);
  dump.stage = "title or metadata";
  FindHeader(dump);
  dump.stage = "furniture";
  FindFurniture(dump);
  dump.stage = "table of contents";
  FindContents(dump);
  dump.stage = "speaker";
  FindQuestions(dump);
  dump.stage = "number of a heading";
  FindHeadings(dump);
  FindItems(dump);
  return dump;
}

}  // namespace sakuin::ingest

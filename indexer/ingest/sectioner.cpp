#include <algorithm>
#include <cctype>

#include "indexer/base/utf8.h"
#include "indexer/ingest/block.h"

namespace sakuin::ingest {
namespace {

// `open`: the sections that a heading may stand below, of falling rank; the lead section first.
model::Section Open(const Block& heading, const std::vector<model::Section>& before,
                    std::vector<std::size_t>& open) {
  model::Section out;
  out.number = static_cast<std::uint32_t>(before.size());
  out.heading = heading.text;
  out.heading_map = heading.map;
  out.heading_readings = heading.readings;
  out.level = std::max(2, heading.level);
  out.source = heading.source;
  while (open.size() > 1 && before[open.back()].level >= out.level) open.pop_back();
  out.parent = static_cast<int>(open.back());
  open.push_back(out.number);
  out.path = before[static_cast<std::size_t>(out.parent)].path;
  out.path.push_back(out.heading);
  return out;
}

// How a section's last paragraph ends.
enum class Ending : std::uint8_t { kUnknown, kWhole, kCut, kDots };

Ending EndingOf(const Block& block) {
  constexpr std::size_t kShortest = 20;  // characters: less is a label or a name
  if (block.kind != BlockKind::kParagraph || utf8::Count(block.text) < kShortest) {
    return Ending::kUnknown;
  }
  std::size_t at = block.text.size();
  const char32_t last = utf8::Previous(block.text, at);
  const bool point = last == '.' && at > 1 && block.text.compare(at - 2, 2, "..") == 0;
  if (last == 0x2026 || point) return Ending::kDots;
  // Han, kana and Latin letters, digits, commas: something had to follow.
  const bool letter = last == ',' || last == 0x3001 || last == 0xFF0C || last == 0xFF1B ||
                      (last < 0x80 && std::isalnum(static_cast<int>(last)) != 0) ||
                      (last >= 0x3041 && last <= 0x30FE && last != 0x30FB) ||
                      (last >= 0x3400 && last <= 0x9FFF);
  return letter ? Ending::kCut : Ending::kWhole;
}

bool IsQuestion(std::string_view heading) {
  std::size_t at = heading.size();
  const char32_t last = heading.empty() ? 0 : utf8::Previous(heading, at);
  return last == '?' || last == 0xFF1F;
}

// Portals cut off answers. Who is named as speaking writes sentences to their end; under a mere
// question the others must. Elsewhere a line without an end is a row, a caption or a credit.
void MarkTruncated(const std::vector<Ending>& endings, std::vector<model::Section>& sections) {
  const auto whole = std::count(endings.begin(), endings.end(), Ending::kWhole);
  const auto cut = std::count(endings.begin(), endings.end(), Ending::kCut);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    model::Section& section = sections[i];
    const bool said = !section.speakers.empty();
    const bool asked = IsQuestion(section.heading) && whole >= 2 && cut <= whole;
    section.truncated =
        (endings[i] == Ending::kCut && (said || asked)) || (endings[i] == Ending::kDots && said);
  }
}

void Append(const Block& block, model::Section& to) {
  if (!to.text.empty()) to.text += '\n';
  const auto shift = static_cast<std::uint32_t>(to.text.size());
  to.text += block.text;
  for (model::SourceRun run : block.map.runs()) {
    run.text_begin += shift;
    to.text_map.Add(run);
  }
  for (model::Reading reading : block.readings) {
    reading.base.begin += shift;
    reading.base.end += shift;
    to.text_readings.push_back(std::move(reading));
  }
}

}  // namespace

std::vector<model::Section> CutSections(const Article& article, std::uint64_t source_size) {
  std::vector<model::Section> out(1);
  out[0].heading = article.title;
  out[0].heading_map = article.title_map;
  out[0].path = {article.title};
  bool any = false;
  std::vector<std::size_t> open = {0};
  std::vector<Ending> endings(1);
  for (const Block& block : article.blocks) {
    if (block.text.empty()) continue;
    if (block.kind == BlockKind::kHeading) {
      out.push_back(Open(block, out, open));
      endings.push_back(Ending::kUnknown);
      continue;
    }
    model::Section& section = out.back();
    if (!any && section.number == 0) section.source = block.source;
    any = true;
    Append(block, section);
    section.speakers.insert(section.speakers.end(), block.speakers.begin(), block.speakers.end());
    endings.back() = EndingOf(block);
    section.source.begin = std::min(section.source.begin, block.source.begin);
    section.source.end = std::max(section.source.end, block.source.end);
  }
  MarkTruncated(endings, out);
  // A section ends where the next one begins; the last one with its last block.
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    const std::uint64_t next = out[i + 1].source.begin;
    if (i == 0 && out[0].text.empty()) out[0].source = {next, next};
    out[i].source.end = std::max(out[i].source.begin, next);
  }
  for (model::Section& section : out) {
    section.source.end = std::min(section.source.end, source_size);
    section.source.begin = std::min(section.source.begin, section.source.end);
  }
  return out;
}

}  // namespace sakuin::ingest

#include "indexer/ingest/html/heading_text.h"

#include <algorithm>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/plain/plain_text_lines.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kBracket = 3;  // bytes of one

// "01 ", "1. ", "2)" and the like with the ideographic comma or full-width stop; not the
// number that begins a sentence, "24 hours", "2.5 mg".
std::size_t LeadingNumber(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 2 || digits == text.size()) return 0;
  std::size_t at = digits;
  const char32_t c = utf8::Next(text, at);
  if (utf8::IsSpace(c)) return text[0] == '0' ? at : 0;
  if (c != '.' && c != ')' && c != 0x3001 && c != 0xFF0E && c != 0xFF09) return 0;
  const bool decimal = at < text.size() && text[at] >= '0' && text[at] <= '9';
  return decimal ? 0 : at;
}

std::size_t LeadingNumeral(const Profile& profile, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = utf8::Next(text, at);
    if (c == 0x3001 && here > 0) return at;
    if (profile.numerals.find(c) == std::u32string::npos) return 0;
  }
  return 0;
}

}  // namespace

void CutFront(Block& block, std::size_t count) {
  model::SourceMap map;
  for (model::SourceRun run : block.map.runs()) {
    const std::size_t end = run.text_begin + std::size_t{run.count} * run.text_step;
    if (end <= count) continue;
    if (run.text_begin < count) {
      const auto skip = static_cast<std::uint32_t>((count - run.text_begin) / run.text_step);
      run.source_begin += std::uint64_t{skip} * run.source_step;
      run.count -= skip;
      run.text_begin = static_cast<std::uint32_t>(count);
    }
    run.text_begin -= static_cast<std::uint32_t>(count);
    map.Add(run);
  }
  block.text.erase(0, count);
  const auto cut = static_cast<std::uint32_t>(count);
  std::erase_if(block.readings, [cut](const auto& r) { return r.base.begin < cut; });
  for (model::Reading& reading : block.readings) {
    reading.base.begin -= cut;
    reading.base.end -= cut;
  }
  block.map = std::move(map);
}

void CutBack(Block& block, std::size_t count) {
  model::SourceMap map;
  const std::size_t size = block.text.size() - count;
  for (model::SourceRun run : block.map.runs()) {
    if (run.text_begin >= size) break;
    const std::size_t fits = (size - run.text_begin) / run.text_step;
    run.count = static_cast<std::uint32_t>(std::min<std::size_t>(run.count, fits));
    if (run.count > 0) map.Add(run);
  }
  block.text.resize(size);
  std::erase_if(block.readings, [size](const auto& r) { return r.base.end > size; });
  block.map = std::move(map);
}

void TrimHeading(const Profile& profile, Block& block) {
  std::size_t at = 0;
  for (;;) {
    std::size_t next = at;
    if (next >= block.text.size()) return;
    const char32_t c = utf8::Next(block.text, next);
    if (profile.marks.find(c) == std::u32string::npos && !utf8::IsSpace(c)) break;
    at = next;
  }
  at += LeadingNumber(std::string_view(block.text).substr(at));
  at += LeadingNumeral(profile, std::string_view(block.text).substr(at));
  while (at < block.text.size() && block.text[at] == ' ') ++at;
  if (at > 0 && at < block.text.size()) CutFront(block, at);
  if (!IsBracketed(block.text) || block.text.size() <= 2 * kBracket) return;
  CutBack(block, kBracket);
  CutFront(block, kBracket);
}

std::string_view HeadingWords(const PlainTextRules& rules, std::string_view line) {
  line.remove_prefix(BulletLength(line));
  line.remove_prefix(HeadingMarkLength(line));
  line.remove_prefix(std::max({OutlineLength(line), NumberLength(line), ChapterLength(line)}));
  line.remove_prefix(rules.Prefix("chapter", line));
  line.remove_prefix(rules.Prefix("question", line));
  if (IsBracketed(line)) line = line.substr(kBracket, line.size() - 2 * kBracket);
  return utf8::Trim(line);
}

}  // namespace sakuin::ingest

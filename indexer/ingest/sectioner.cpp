#include <algorithm>

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
  for (const Block& block : article.blocks) {
    if (block.text.empty()) continue;
    if (block.kind == BlockKind::kHeading) {
      out.push_back(Open(block, out, open));
      continue;
    }
    model::Section& section = out.back();
    if (!any && section.number == 0) section.source = block.source;
    any = true;
    Append(block, section);
    section.source.begin = std::min(section.source.begin, block.source.begin);
    section.source.end = std::max(section.source.end, block.source.end);
  }
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

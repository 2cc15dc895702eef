#include "indexer/model/source.h"

#include <algorithm>
#include <cstddef>

namespace sakuin::model {
namespace {

std::uint64_t TextEnd(const SourceRun& run) {
  return run.text_begin + std::uint64_t{run.count} * run.text_step;
}

std::uint64_t SourceEnd(const SourceRun& run) {
  return run.source_begin + std::uint64_t{run.count} * run.source_step;
}

// LEB128.
void PutNumber(std::string& out, std::uint64_t n) {
  while (n >= 0x80) {
    out.push_back(static_cast<char>((n & 0x7FU) | 0x80U));
    n >>= 7U;
  }
  out.push_back(static_cast<char>(n));
}

bool GetNumber(const std::string& bytes, std::size_t& at, std::uint64_t& n) {
  n = 0;
  for (unsigned shift = 0; shift < 64 && at < bytes.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    n |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Source positions may go backwards (a heading taken from elsewhere): zigzag.
std::uint64_t Zigzag(std::uint64_t now, std::uint64_t before) {
  const auto delta = static_cast<std::int64_t>(now - before);
  return (static_cast<std::uint64_t>(delta) << 1U) ^ static_cast<std::uint64_t>(delta >> 63);
}

std::uint64_t Unzigzag(std::uint64_t n, std::uint64_t before) {
  const std::uint64_t delta = (n >> 1U) ^ (~(n & 1U) + 1U);
  return before + delta;
}

}  // namespace

void SourceMap::Add(SourceRun run) {
  if (run.count == 0) return;
  if (!runs_.empty()) {
    SourceRun& last = runs_.back();
    if (TextEnd(last) == run.text_begin && SourceEnd(last) == run.source_begin &&
        last.text_step == run.text_step && last.source_step == run.source_step) {
      last.count += run.count;
      return;
    }
  }
  runs_.push_back(run);
}

SourceRange SourceMap::ToSource(Span span) const {
  SourceRange out{UINT64_MAX, 0};
  auto it =
      std::upper_bound(runs_.begin(), runs_.end(), span.begin,
                       [](std::uint32_t at, const SourceRun& r) { return at < r.text_begin; });
  if (it != runs_.begin()) --it;
  std::uint64_t before = 0;
  for (; it != runs_.end() && (it->text_begin < span.end || it->text_begin <= span.begin); ++it) {
    const std::uint64_t from = std::max<std::uint64_t>(span.begin, it->text_begin);
    const std::uint64_t to = std::min<std::uint64_t>(span.end, TextEnd(*it));
    if (from >= to) {
      if (it->text_begin <= span.begin) before = SourceEnd(*it);
      continue;
    }
    const std::uint64_t first = (from - it->text_begin) / it->text_step;
    const std::uint64_t last = (to - it->text_begin + it->text_step - 1) / it->text_step;
    out.begin = std::min(out.begin, it->source_begin + first * it->source_step);
    out.end = std::max(out.end, it->source_begin + last * it->source_step);
  }
  if (out.begin == UINT64_MAX) return {before, before};
  return out;
}

std::string SourceMap::Encode() const {
  std::string out;
  std::uint64_t text = 0;
  std::uint64_t source = 0;
  for (const SourceRun& run : runs_) {
    PutNumber(out, run.text_begin - text);
    PutNumber(out, Zigzag(run.source_begin, source));
    PutNumber(out, run.count);
    PutNumber(out, run.text_step);
    PutNumber(out, run.source_step);
    text = TextEnd(run);
    source = SourceEnd(run);
  }
  return out;
}

SourceMap SourceMap::Decode(const std::string& bytes) {
  SourceMap out;
  std::uint64_t text = 0;
  std::uint64_t source = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t gap = 0;
    std::uint64_t delta = 0;
    std::uint64_t count = 0;
    std::uint64_t text_step = 0;
    std::uint64_t source_step = 0;
    const bool whole = GetNumber(bytes, at, gap) && GetNumber(bytes, at, delta) &&
                       GetNumber(bytes, at, count) && GetNumber(bytes, at, text_step) &&
                       GetNumber(bytes, at, source_step);
    if (!whole || text_step == 0) return {};
    const SourceRun run{static_cast<std::uint32_t>(text + gap), Unzigzag(delta, source),
                        static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(text_step),
                        static_cast<std::uint32_t>(source_step)};
    text = TextEnd(run);
    source = SourceEnd(run);
    out.runs_.push_back(run);
  }
  return out;
}

}  // namespace sakuin::model

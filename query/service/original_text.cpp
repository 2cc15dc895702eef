#include "query/service/original_text.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/ingest/encoding/charset.h"
#include "indexer/model/span.h"

namespace sakuin::service {
namespace {

using model::SourceRange;

void AddRanges(const model::SourceMap& map, std::vector<SourceRange>& out) {
  for (const model::SourceRun& run : map.runs()) {
    out.push_back(
        {run.source_begin, run.source_begin + std::uint64_t{run.count} * run.source_step});
  }
}

// What the article was made of, ascending, joined.
std::vector<SourceRange> KeptRanges(const model::Document& document) {
  std::vector<SourceRange> all;
  for (const model::Section& section : document.sections) {
    AddRanges(section.heading_map, all);
    AddRanges(section.text_map, all);
  }
  std::sort(all.begin(), all.end(),
            [](const SourceRange& a, const SourceRange& b) { return a.begin < b.begin; });
  std::vector<SourceRange> out;
  for (const SourceRange& range : all) {
    if (!out.empty() && range.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, range.end);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

// Puts one byte or character after the other into pieces.
class Splitter {
 public:
  Splitter(const model::Document& document, OriginalText& out)
      : kept_(KeptRanges(document)), out_(out) {
    for (const model::Section& section : document.sections) {
      starts_.push_back({section.source.begin, static_cast<int>(section.number)});
    }
    std::stable_sort(starts_.begin(), starts_.end());
  }

  void Add(std::string_view text, std::uint64_t source) {
    while (range_ < kept_.size() && kept_[range_].end <= source) ++range_;
    const bool kept = range_ < kept_.size() && kept_[range_].begin <= source;
    int section = -1;
    while (start_ < starts_.size() && starts_[start_].first <= source) {
      section = starts_[start_++].second;
    }
    if (out_.pieces.empty() || section >= 0 || out_.pieces.back().kept != kept) {
      out_.pieces.push_back({{}, kept, section});
    }
    out_.pieces.back().text += text;
  }

 private:
  std::vector<SourceRange> kept_;
  std::vector<std::pair<std::uint64_t, int>> starts_;
  OriginalText& out_;
  std::size_t range_ = 0;
  std::size_t start_ = 0;
};

// The source from `at` back to its line's begin, without blanks at both ends; at most so much.
std::string_view LineBefore(std::string_view source, std::uint64_t at) {
  constexpr std::uint64_t kMost = 200;
  if (at > source.size()) return {};
  const std::string_view before = source.substr(at > kMost ? at - kMost : 0, std::min(at, kMost));
  const std::size_t newline = before.rfind('\n');
  return utf8::Trim(newline == std::string_view::npos ? before : before.substr(newline + 1));
}

// "1." "(2)" "a)" "-" and marks of any other script.
bool IsBullet(std::string_view mark) {
  constexpr std::size_t kMost = 12;
  if (mark.empty() || mark.size() > kMost || mark.find('<') != std::string_view::npos) return false;
  const bool is_word = std::any_of(mark.begin(), mark.end(), [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
  });
  const bool is_ascii = std::all_of(mark.begin(), mark.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) {
    const char last = mark.back();
    return !is_word && (mark == "-" || mark == "*" || mark == "+" || last == '.' || last == ')');
  }
  return !is_word && utf8::Count(mark) <= 4;
}

// Is the innermost open element before it a list item? Blanks, line ends and inline tags may stand
// between.
bool IsBehindItemTag(std::string_view source, std::uint64_t at) {
  constexpr std::uint64_t kMost = 300;
  if (at > source.size()) return false;
  std::string_view before = source.substr(at > kMost ? at - kMost : 0, std::min(at, kMost));
  for (int tags = 0; tags < 4; ++tags) {
    before = utf8::Trim(before);
    if (!before.ends_with('>')) return false;
    const std::size_t open = before.rfind('<');
    if (open == std::string_view::npos) return false;
    const std::string_view tag = before.substr(open + 1);
    if (tag.starts_with("li>") || tag.starts_with("li ") || tag.starts_with("LI>")) return true;
    before = before.substr(0, open);
  }
  return false;
}

}  // namespace

// Records count in the decoded text of their field, not in the bytes that are kept.
bool IsMapped(const model::Source& source) { return source.format != "jsonl"; }

Result<OriginalText> ReadOriginal(const model::Document& document, const model::Source& source,
                                  std::size_t most, const std::string& data_dir) {
  const auto detector = ingest::EncodingDetector::Create(data_dir);
  if (!detector) return Pass(detector);
  const bool is_html = source.format == "html";
  auto decoded = ingest::Decode(source.bytes, document.encoding, is_html, *detector);
  if (!decoded) decoded = ingest::Decode(source.bytes, {}, is_html, *detector);
  if (!decoded) return Pass(decoded);
  OriginalText out;
  out.mapped = IsMapped(source);
  out.cut = decoded->text.size() > most;
  const std::size_t end = out.cut ? utf8::FloorBoundary(decoded->text, most) : decoded->text.size();
  const std::string_view text = std::string_view(decoded->text).substr(0, end);
  if (!out.mapped) {
    if (!text.empty()) out.pieces.push_back({std::string(text), false, -1});
    return out;
  }
  Splitter splitter(document, out);
  for (const model::SourceRun& run : decoded->map.runs()) {
    for (std::uint32_t i = 0; i < run.count; ++i) {
      const std::size_t at = run.text_begin + std::size_t{i} * run.text_step;
      if (at >= text.size()) return out;
      splitter.Add(text.substr(at, run.text_step),
                   run.source_begin + std::uint64_t{i} * run.source_step);
    }
  }
  return out;
}

std::vector<bool> ListItems(const model::Section& section,
                            const std::optional<model::Source>& source) {
  std::vector<bool> out;
  const std::string_view text = section.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    bool is_item = false;
    if (source && IsMapped(*source) && end > at) {
      const std::size_t first = std::min<std::size_t>(end, at + 1);
      const std::uint64_t begin =
          section.text_map
              .ToSource({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(first)})
              .begin;
      is_item = IsBullet(LineBefore(source->bytes, begin)) || IsBehindItemTag(source->bytes, begin);
    }
    out.push_back(is_item);
    at = end + 1;
  }
  return out;
}

}  // namespace sakuin::service

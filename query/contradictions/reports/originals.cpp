#include "query/contradictions/reports/originals.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "indexer/base/utf8.h"
#include "indexer/text/sentences.h"

namespace sakuin::contradictions {
namespace {

constexpr std::size_t kSentences = 2;
constexpr std::size_t kMostBytes = 420;  // on each side: about 140 Han characters
constexpr std::size_t kMostKnown = 64;

}  // namespace

Original ContextOf(const std::string& text, model::Span quote) {
  Original out;
  const std::size_t begin = std::min<std::size_t>(quote.begin, text.size());
  const std::size_t end = std::min<std::size_t>(std::max(quote.begin, quote.end), text.size());
  const auto sentences = text::Sentences(text);
  std::size_t first = 0;
  while (first < sentences.size() && sentences[first].end <= begin) ++first;
  std::size_t behind = first;
  while (behind < sentences.size() && sentences[behind].begin < end) ++behind;
  std::size_t from = first > kSentences ? sentences[first - kSentences].begin : 0;
  std::size_t to =
      behind + kSentences < sentences.size() ? sentences[behind + kSentences - 1].end : text.size();
  out.more_before = from > 0;
  out.more_after = to < text.size();
  if (from + kMostBytes < begin) {
    from = utf8::FloorBoundary(text, begin - kMostBytes);
    out.more_before = true;
  }
  if (end + kMostBytes < to) {
    to = utf8::FloorBoundary(text, end + kMostBytes);
    out.more_after = true;
  }
  out.before = text.substr(std::min(from, begin), begin - std::min(from, begin));
  out.after = text.substr(end, std::max(to, end) - end);
  const std::size_t blank = out.before.find_first_not_of(" \n");
  out.before.erase(0, std::min(blank, out.before.size()));
  return out;
}

void SetLine(const model::Source& source, const std::string& encoding, std::uint64_t byte,
             Original& out) {
  const bool record = source.format == "jsonl";
  if (record || encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32") ||
      byte > source.bytes.size()) {
    return;
  }
  const std::string_view before = std::string_view(source.bytes).substr(0, byte);
  out.line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  if (encoding != "UTF-8") return;
  std::string_view line = before.substr(before.rfind('\n') + 1);
  if (out.line == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  out.column = 1 + static_cast<std::uint64_t>(std::count_if(
                       line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

Result<Original> Originals::Of(const store::AdviceRecord& record) {
  auto known = known_.find(record.document_id);
  if (known == known_.end()) {
    if (known_.size() >= kMostKnown) known_.clear();
    auto document = reader_.ReadDocument(record.document_id);
    if (!document) return Pass(document);
    auto source = reader_.ReadSource(record.document_id);
    if (!source) return Pass(source);
    known =
        known_.emplace(record.document_id, Known{std::move(*document), std::move(*source)}).first;
  }
  const Known& there = known->second;
  Original out;
  if (!record.advice.in_heading && record.section < there.document.sections.size()) {
    out = ContextOf(there.document.sections[record.section].text, record.advice.quote);
  }
  if (there.source) SetLine(*there.source, there.document.encoding, record.source.begin, out);
  return out;
}

}  // namespace sakuin::contradictions

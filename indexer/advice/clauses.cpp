#include "indexer/advice/clauses.h"

#include <algorithm>

#include "indexer/advice/cue_pattern.h"
#include "indexer/text/sentences.h"

namespace sakuin::advice {
namespace {

// A line of a list is short and stands beside another such line.
constexpr std::size_t kLongestItem = 90;

char32_t Closing(char32_t c) {
  switch (c) {
    case 0x300C:  // corner brackets
      return 0x300D;
    case 0x300E: return 0x300F;
    case 0x201C:  // curly quotes
      return 0x201D;
    case U'"': return U'"';
    default: return 0;
  }
}

void CutClauses(std::u32string_view text, bool japanese, Sentence& out) {
  std::size_t begin = out.range.begin;
  for (std::size_t at = begin; at <= out.range.end; ++at) {
    if (at < out.range.end && !IsClauseMark(text, at, japanese)) continue;
    std::size_t first = begin;
    while (first < at && text[first] == U' ') ++first;
    if (first < at) out.clauses.push_back({first, at});
    begin = at + 1;
  }
  if (out.clauses.empty()) out.clauses.push_back(out.range);
}

void FindQuotes(std::u32string_view text, Sentence& out) {
  for (std::size_t at = out.range.begin; at < out.range.end; ++at) {
    const char32_t closing = Closing(text[at]);
    if (closing == 0) continue;
    std::size_t end = at + 1;
    while (end < out.range.end && text[end] != closing) ++end;
    if (end == out.range.end) return;
    out.quotes.push_back({at + 1, end});
    at = end;
  }
}

void MarkLists(std::u32string_view text, std::vector<Sentence>& sentences) {
  std::vector<std::size_t> lengths;
  std::size_t length = 0;
  for (const char32_t c : text) {
    if (c == U'\n') {
      lengths.push_back(length);
      length = 0;
    } else {
      ++length;
    }
  }
  lengths.push_back(length);
  const auto is_short = [&lengths](std::size_t line) {
    return line < lengths.size() && lengths[line] <= kLongestItem;
  };
  for (Sentence& one : sentences) {
    const bool beside = is_short(one.line + 1) || (one.line > 0 && is_short(one.line - 1));
    one.in_list = beside && is_short(one.line);
  }
}

}  // namespace

std::size_t Sentence::ClauseAt(std::size_t at) const {
  const auto behind =
      std::upper_bound(clauses.begin(), clauses.end(), at,
                       [](std::size_t place, const Range& clause) { return place < clause.begin; });
  if (behind == clauses.begin()) return 0;
  return static_cast<std::size_t>(behind - clauses.begin()) - 1;
}

std::vector<Sentence> CutSentences(std::string_view original, const text::Folded& folded,
                                   bool japanese) {
  std::vector<Sentence> out;
  const std::u32string& chars = folded.chars;
  std::size_t at = 0;
  std::size_t line = 0;
  for (const model::Span& span : text::Sentences(original)) {
    const auto skip = [&](std::uint32_t to) {
      while (at < chars.size() && folded.spans[at].begin < to) line += chars[at++] == U'\n' ? 1 : 0;
    };
    skip(span.begin);
    Sentence one;
    one.line = line;
    one.range.begin = at;
    skip(span.end);
    one.range.end = at;
    while (one.range.begin < one.range.end && chars[one.range.begin] == U' ') ++one.range.begin;
    if (one.range.begin == one.range.end) continue;
    std::size_t last = one.range.end;
    while (last > one.range.begin + 1 &&
           (chars[last - 1] == U' ' || chars[last - 1] == U'"' || chars[last - 1] == U')')) {
      --last;
    }
    one.asks = chars[last - 1] == U'?';
    CutClauses(chars, japanese, one);
    FindQuotes(chars, one);
    out.push_back(std::move(one));
  }
  MarkLists(chars, out);
  return out;
}

}  // namespace sakuin::advice

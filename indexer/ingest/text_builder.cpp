#include "indexer/ingest/text_builder.h"

#include <algorithm>
#include <utility>

#include "indexer/base/utf8.h"

namespace sakuin::ingest {
namespace {

using model::SourceRun;

// Text bytes [text, text + length) are decoded bytes [at, at + length): by way of the decoder's
// own runs they lead to the input.
void AddCopied(const Decoded& decoded, std::size_t text, std::size_t length, std::size_t at,
               model::SourceMap& out) {
  const auto& runs = decoded.map.runs();
  auto run = std::upper_bound(runs.begin(), runs.end(), at,
                              [](std::size_t a, const SourceRun& r) { return a < r.text_begin; });
  if (run != runs.begin()) --run;
  const std::size_t end = at + length;
  for (; run != runs.end() && run->text_begin < end; ++run) {
    const std::size_t run_end = run->text_begin + std::size_t{run->count} * run->text_step;
    const std::size_t from = std::max<std::size_t>(at, run->text_begin);
    const std::size_t to = std::min(end, run_end);
    if (from >= to) continue;
    const std::size_t first = (from - run->text_begin) / run->text_step;
    const std::size_t count = (to - from) / run->text_step;
    out.Add({static_cast<std::uint32_t>(text + from - at),
             run->source_begin + first * run->source_step, static_cast<std::uint32_t>(count),
             run->text_step, run->source_step});
  }
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF; }

// Han, kana, their punctuation and full-width forms: scripts that put no blank between words.
bool IsWide(char32_t c) {
  return (c >= 0x2E80 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
         (c >= 0xFE30 && c < 0xFE50) || (c >= 0xFF01 && c < 0xFFA0) ||
         (c >= 0x20000 && c < 0x32000);
}

}  // namespace

model::SourceRange ToInput(const Decoded& decoded, std::size_t begin, std::size_t end) {
  return decoded.map.ToSource({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

void TextBuilder::Put(std::string_view text, std::size_t begin, std::size_t end) {
  if (text.empty()) return;
  Piece* const last = pieces_.empty() ? nullptr : &pieces_.back();
  const bool copied = text.size() == end - begin;
  if (last != nullptr && copied && last->length == last->end - last->begin && last->end == begin &&
      last->text + last->length == text_.size()) {
    last->length += text.size();
    last->end = end;
  } else {
    pieces_.push_back({text_.size(), text.size(), begin, end});
  }
  text_ += text;
}

void TextBuilder::Blank() {
  wrapped_ = false;
  if (!text_.empty() && text_.back() != ' ') text_ += ' ';
}

void TextBuilder::Space(char32_t c, std::size_t begin, std::size_t end) {
  const bool line_break = c == '\n' || c == '\r';
  if (text_.empty()) return;
  if (text_.back() == ' ') {
    wrapped_ = wrapped_ || line_break;
    return;
  }
  wrapped_ = line_break;
  // A single ASCII blank stands for itself; others become one.
  if (c == ' ' && end - begin == 1) return Put(" ", begin, end);
  pieces_.push_back({text_.size(), 1, begin, end});
  text_ += ' ';
}

// Takes the blank of a wrapped line away again where both sides are written without blanks.
void TextBuilder::Unwrap(char32_t next) {
  if (!std::exchange(wrapped_, false) || !IsWide(next) || text_.size() < 2) return;
  std::size_t before = text_.size() - 1;
  if (text_.back() != ' ' || !IsWide(utf8::Previous(text_, before))) return;
  text_.pop_back();
  if (pieces_.empty() || pieces_.back().text + pieces_.back().length <= text_.size()) return;
  Piece& last = pieces_.back();
  if (last.length == last.end - last.begin) --last.end;
  if (--last.length == 0) pieces_.pop_back();
}

void TextBuilder::PutChar(char32_t c, std::size_t begin, std::size_t end) {
  if (utf8::IsSpace(c)) return Space(c, begin, end);
  if (IsControl(c)) return;
  Unwrap(c);
  std::string one;
  utf8::Append(one, c);
  Put(one, begin, end);
}

void TextBuilder::PutLoose(char32_t c) {
  if (utf8::IsSpace(c)) return Blank();
  wrapped_ = false;
  if (!IsControl(c)) utf8::Append(text_, c);
}

void TextBuilder::Copy(std::string_view text, std::size_t at) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t c = utf8::Next(text, i);
    if (utf8::IsSpace(c)) {
      Space(c, at + begin, at + i);
    } else if (!IsControl(c)) {
      Unwrap(c);
      Put(text.substr(begin, i - begin), at + begin, at + i);
    }
  }
}

model::SourceRange TextBuilder::Range() const {
  if (pieces_.empty()) return {};
  model::SourceRange out{pieces_.front().begin, pieces_.front().end};
  for (const Piece& piece : pieces_) {
    out.begin = std::min<std::uint64_t>(out.begin, piece.begin);
    out.end = std::max<std::uint64_t>(out.end, piece.end);
  }
  return out;
}

void TextBuilder::TrimFront(std::size_t count) {
  while (count < text_.size() && text_[count] == ' ') ++count;
  count = std::min(count, text_.size());
  text_.erase(0, count);
  std::vector<Piece> kept;
  for (Piece piece : pieces_) {
    if (piece.text + piece.length <= count) continue;
    if (piece.text < count) {
      const std::size_t cut = count - piece.text;
      if (piece.length == piece.end - piece.begin) piece.begin += cut;
      piece.length -= cut;
      piece.text = count;
    }
    piece.text -= count;
    kept.push_back(piece);
  }
  pieces_ = std::move(kept);
}

TextBuilder::Line TextBuilder::Take(const Decoded& decoded) {
  Line out;
  while (!text_.empty() && text_.back() == ' ') text_.pop_back();
  for (const Piece& piece : pieces_) {
    if (piece.text >= text_.size()) break;
    const std::size_t length = std::min(piece.length, text_.size() - piece.text);
    if (piece.length == piece.end - piece.begin) {
      AddCopied(decoded, piece.text, length, piece.begin, out.map);
    } else {
      const model::SourceRange range = ToInput(decoded, piece.begin, piece.end);
      out.map.Add({static_cast<std::uint32_t>(piece.text), range.begin, 1,
                   static_cast<std::uint32_t>(length),
                   static_cast<std::uint32_t>(range.end - range.begin)});
    }
  }
  out.text = std::exchange(text_, {});
  pieces_.clear();
  wrapped_ = false;
  return out;
}

}  // namespace sakuin::ingest

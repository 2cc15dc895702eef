#pragma once

// Builds one line of clean text and remembers, piece by piece, where it came from.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/ingest/encoding/charset.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

// Not thread-safe. Positions are bytes of Decoded::text.
class TextBuilder {
 public:
  // Copies `text`, which stands at `at` as it is: runs of blanks become one blank, none at the
  // line's beginning, control characters are left out. A line break of the source between two
  // Han or kana characters is nothing at all.
  void Copy(std::string_view text, std::size_t at);
  // `text` was made from [begin, end), which reads otherwise (an entity).
  void Put(std::string_view text, std::size_t begin, std::size_t end);
  // As Put() and Copy() for one code point that was written in another way; blanks count as such.
  void PutChar(char32_t c, std::size_t begin, std::size_t end);
  // A character that stands nowhere in the decoded text.
  void PutLoose(char32_t c);
  // One blank, unless the line is empty or ends in one; it has no source.
  void Blank();

  bool Empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }
  // The decoded range from the first to the last piece; {0, 0} where there is none.
  model::SourceRange Range() const;

  // Takes `count` bytes off the beginning, and blanks behind them.
  void TrimFront(std::size_t count);

  // The finished line, without blanks at its end, and its map to the bytes of the input. The
  // builder is empty afterwards.
  struct Line {
    std::string text;
    model::SourceMap map;
  };
  Line Take(const Decoded& decoded);

 private:
  struct Piece {
    std::size_t text = 0;  // offset in text_
    std::size_t length = 0;
    std::size_t begin = 0;  // in the decoded text
    std::size_t end = 0;    // equal length: copied as it is
  };
  void Space(char32_t c, std::size_t begin, std::size_t end);
  void Unwrap(char32_t next);

  std::string text_;
  std::vector<Piece> pieces_;
  bool wrapped_ = false;  // the blank at the end stands for a line break of the source
};

// Where bytes [begin, end) of the decoded text stand in the input.
model::SourceRange ToInput(const Decoded& decoded, std::size_t begin, std::size_t end);

}  // namespace sakuin::ingest

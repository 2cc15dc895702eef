#pragma once

// The one comparison form of Sakuin (stage 4 of docs/architecture.md): two texts are the same to a
// search when they fold alike. A fold is NFKC, full case folding and NFKC again; then, code point
// by code point: hiragana to katakana (U+30FC, the long mark, is kept), Han variants to one key by
// corpus/folding/han.tsv, ignorable characters dropped by corpus/folding/ignorable.tsv, and any run
// of blanks to one blank. A newline stays a newline. It is a key only, never shown. Folding a fold
// changes nothing, but where an ignorable character stood between a letter and its mark.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/model/span.h"

namespace sakuin::text {

// A folded text with the way back: chars[i] was made from the original bytes spans[i]. Spans never
// run backwards; neighbours may share one (a ligature gives two characters with one span).
struct Folded {
  std::u32string chars;
  std::vector<model::Span> spans;  // as many as chars

  // The original bytes that chars [begin, end) were made from.
  model::Span Original(std::size_t begin, std::size_t end) const {
    if (begin >= end) return {};
    return {spans[begin].begin, spans[end - 1].end};
  }
};

// Immutable after Load(), therefore thread-safe.
class Folding {
 public:
  // Reads corpus/folding/*.tsv below `data_dir`; kBadData with file:line for a mistake.
  static Result<Folding> Load(const std::string& data_dir);

  // `text` is UTF-8 of less than 4 GiB; malformed bytes count as U+FFFD.
  Folded Fold(std::string_view text) const;

  // The same into `out`, whose memory is used again.
  void Fold(std::string_view text, Folded& out) const;

  // The same characters as UTF-8, without the map.
  std::string Key(std::string_view text) const;

  // Changes whenever the tables, this code's version or ICU's Unicode version do.
  const std::string& digest() const;

  Folding(Folding&&) noexcept;
  Folding& operator=(Folding&&) noexcept;
  ~Folding();

 private:
  struct Impl;
  explicit Folding(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::text

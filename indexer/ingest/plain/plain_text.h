#pragma once

// Text dumps of web pages -> Article.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "indexer/base/result.h"
#include "indexer/ingest/block.h"
#include "indexer/ingest/date_words.h"
#include "indexer/ingest/encoding/charset.h"

namespace sakuin::ingest {

// The words by which furniture, tables of contents and speakers are known: the rows of
// corpus/language/*/plain_text.tsv (docs/formats/plain-text-rules.md), and those of dates.tsv
// beside it. Immutable, thread-safe.
class PlainTextRules {
 public:
  // kBadData with file:line for a kind or place that is unknown, or an example that its row does
  // not fit.
  static Result<PlainTextRules> Load(const std::string& data_dir);

  // Is the line one of a kind ("end", "drop", "speaker", ...)? Case, width, and marks and brackets
  // around the line do not count. Never true of a line beyond 800 bytes: furniture is short.
  bool Is(std::string_view kind, std::string_view line) const;

  // Bytes that a row of the kind takes at the beginning of the line, with the number, colon and
  // blanks behind it; 0 where none does, or where nothing would be left.
  std::size_t Prefix(std::string_view kind, std::string_view line) const;

  // What stands behind the first row of the kind that is found in the line, trimmed and up to the
  // next wide gap or bar: the "Li" of "2024-05-01 Author: Li | Source: x". Empty where none is.
  std::string_view Behind(std::string_view kind, std::string_view line) const;

  // How the same languages write dates.
  const DateWords& dates() const;

  // Changes whenever a row does.
  const std::string& digest() const;

  PlainTextRules(PlainTextRules&&) noexcept;
  PlainTextRules& operator=(PlainTextRules&&) noexcept;
  ~PlainTextRules();

 private:
  struct Impl;
  explicit PlainTextRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Reads a page that somebody saved as text: title, category and date lines, tables of contents,
// bare-line headings, questions with their speakers, list items, hard-wrapped sentences, and the
// furniture at the end. When in doubt a line is text. `title`, where it is known from elsewhere:
// the first line is then the title only where it says the same. Pure.
Article ReadPlainText(const PlainTextRules& rules, const Decoded& decoded,
                      const std::string& title = {});

}  // namespace sakuin::ingest

#pragma once

// Turns sections into postings in memory, until there are enough of them for a segment.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/postings/segment.h"
#include "indexer/postings/term_key.h"

namespace sakuin::postings {

// The terms of one field of one section, as the analyzer makes them.
struct FieldTerms {
  std::vector<std::uint64_t> grams;  // Gram(): one a folded character; 0 where none begins
  std::string words;                 // UTF-8, each ended by a newline

  std::uint32_t length() const { return static_cast<std::uint32_t>(grams.size()); }
};

// The same where they lie elsewhere.
struct FieldView {
  std::span<const std::uint64_t> grams;
  std::string_view words;

  FieldView() = default;
  FieldView(std::span<const std::uint64_t> the_grams, std::string_view the_words)
      : grams(the_grams), words(the_words) {}
  // NOLINTNEXTLINE(google-explicit-constructor): a view, as string_view is of a string.
  FieldView(const FieldTerms& terms) : grams(terms.grams), words(terms.words) {}
};

// Not thread-safe.
class Inverter {
 public:
  Inverter();
  ~Inverter();
  Inverter(Inverter&&) noexcept;
  Inverter& operator=(Inverter&&) noexcept;

  // `number` above all before it.
  void Add(SectionNumber number, const FieldView& heading, const FieldView& text);

  std::size_t sections() const;
  std::size_t memory() const;  // bytes, about

  // Writes what was added as one segment and forgets it.
  Result<SegmentParts> Write(const SegmentWriter::PutChunk& put);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::postings

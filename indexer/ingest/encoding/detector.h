#pragma once

// Guesses the encoding of bytes that do not say it.

#include <memory>
#include <string>
#include <string_view>

#include "indexer/base/result.h"
#include "indexer/ingest/encoding/encoding_labels.h"

namespace sakuin::ingest {

// Reads the bytes by every candidate and takes the one whose characters are the likeliest: a
// unigram model of the characters of each language (maximum likelihood over candidates, as in
// S. Li and K. Momoi, "A composite approach to language/encoding detection", 2001, whose character
// distribution method this is). Immutable after Create(), therefore thread-safe.
class EncodingDetector {
 public:
  // Reads corpus/encoding/common_characters.tsv; a mistake in it is kBadData with file:line.
  static Result<EncodingDetector> Create(const std::string& data_dir);

  // The likeliest encoding; nullptr where ASCII or UTF-8 with damage is as likely as any. Looks at
  // the first 32 KiB.
  const Encoding* Detect(std::string_view bytes) const;

  // UTF-16LE or UTF-16BE for bytes that are likelier that, without a byte order mark, than text of
  // single bytes; else nullptr.
  const Encoding* DetectUtf16(std::string_view bytes) const;

  const std::string& digest() const;

  EncodingDetector(EncodingDetector&&) noexcept;
  EncodingDetector& operator=(EncodingDetector&&) noexcept;
  ~EncodingDetector();

 private:
  struct Impl;
  explicit EncodingDetector(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace sakuin::ingest

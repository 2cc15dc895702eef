#pragma once

// bytes -> Document: the whole of ingest behind one class.

#include <memory>
#include <string>

#include "indexer/base/result.h"
#include "indexer/model/document.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

class EncodingDetector;

// Immutable after Create(), therefore thread-safe. A pure function of the bytes and the profiles.
class Extractor {
 public:
  // Reads corpus/profiles below `data_dir`; a profile with a mistake is kBadData with file:line.
  static Result<Extractor> Create(const std::string& data_dir);

  // Decodes, strips markup and furniture, cuts into sections, fills in id, uri, title, encoding,
  // profile, site, author, published and notes. `language` is only what the source declares (or
  // source.language_hint); text/ guesses the rest later. Fails with kBadInput for binary bytes and
  // JSON that cannot be read; an empty file gives a document with one empty section and a note.
  Result<model::Document> Extract(const model::Source& source) const;

  // Changes whenever the profiles or the readers' own rules do.
  const std::string& digest() const;

  // Stays where it is when the extractor is moved.
  const EncodingDetector& detector() const;

  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

 private:
  struct Impl;
  explicit Extractor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A stable id for a document without one of its own: a digest of the normalised uri, 16 hex digits.
std::string DocumentId(const std::string& uri);

}  // namespace sakuin::ingest

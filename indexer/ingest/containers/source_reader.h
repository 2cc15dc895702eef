#pragma once

// Files -> sources: one article, the records of a file of many, the members of an archive. Sources
// come one after another; memory is bounded by the largest of them (docs/formats/inputs.md).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "indexer/base/result.h"
#include "indexer/ingest/encoding/detector.h"
#include "indexer/model/source.h"

namespace sakuin::ingest {

struct ReadOptions {
  std::string format = "auto";  // auto, html, toutiao, text, markdown, jsonl, csv, tsv, warc
  std::string encoding;
  std::string language;
  std::string columns;  // of CSV and TSV: "text=answer,title=question"; empty: by their names
};

// Bytes unless it says otherwise. What goes beyond is rejected with a reason.
struct ReadLimits {
  std::uint64_t article = std::uint64_t{16} << 20U;  // one article, one record
  std::uint64_t inside = std::uint64_t{256} << 20U;  // a book; an archive in an archive; UTF-16 CSV
  std::uint64_t piped = std::uint64_t{1} << 30U;     // standard input
  std::uint64_t unpacked = std::uint64_t{256} << 30U;  // everything that one file unpacks to
  std::uint64_t free = std::uint64_t{64} << 20U;       // unpacked whatever the file's own size is
  std::uint64_t ratio = 200;                           // beyond that: times the file's own size
  std::size_t members = 1'000'000;                     // of one file
  int depth = 2;                                       // an archive in an archive
};

// Takes what is read. Calls come from the reading thread, in the order of the file.
class SourceSink {
 public:
  virtual ~SourceSink() = default;
  virtual bool Take(model::Source source) = 0;  // false: read no further
  virtual void Reject(Error error) = 0;         // `where` is the uri
  virtual void Note(std::string warning) = 0;   // "uri: ..."
};

// Immutable after Create(), therefore thread-safe. What it gives depends on the bytes, the options
// and corpus/language/*/columns.tsv alone.
class SourceReader {
 public:
  // kBadData with file:line for a mistake in the words for columns. `detector` must outlive it.
  static Result<SourceReader> Create(const std::string& data_dir, const EncodingDetector& detector,
                                     const ReadLimits& limits = {});

  // Reads a file, "-" for standard input. Every source has its origin and hints. Whatever is wrong
  // goes to the sink; false where the file could not be read to its end.
  bool Read(const std::string& file, const ReadOptions& options, SourceSink& sink) const;

  // The same of bytes that somebody else has read.
  bool ReadBytes(const std::string& uri, std::string_view bytes, const ReadOptions& options,
                 SourceSink& sink) const;

  SourceReader(SourceReader&&) noexcept;
  SourceReader& operator=(SourceReader&&) noexcept;
  ~SourceReader();

 private:
  struct Impl;
  explicit SourceReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sakuin::ingest

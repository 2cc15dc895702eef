#include "indexer/ingest/containers/source_reader.h"

#include <cstdio>
#include <memory>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/ingest/containers/input_kind.h"
#include "indexer/ingest/containers/reading.h"
#include "indexer/ingest/containers/table_columns.h"

namespace sakuin::ingest {

struct SourceReader::Impl {
  const EncodingDetector* detector;
  TableWords words;
  ReadLimits limits;

  // By its kind; `open` opens it as an archive, `bytes` is the same from its beginning.
  void Dispatch(Reading& reading, const Item& item, ByteReader& bytes,
                const OpenArchive& open) const {
    const auto head = bytes.Peek(kKindBytes);
    if (!head) return reading.GiveUp(item.uri, head.error());
    switch (KindOf(item.name, *head, reading.options.format)) {
      case InputKind::kArchive: return ReadArchive(reading, item, open);
      case InputKind::kEpub: return ReadBook(reading, item, open);
      case InputKind::kPacked: return ReadPacked(reading, item, bytes, open);
      default: return ReadItem(reading, item, bytes);
    }
  }

  bool OfBytes(const std::string& uri, std::string_view bytes, const ReadOptions& options,
               SourceSink& sink) const {
    Reading reading({options, limits, *detector, words}, sink, uri, bytes.size());
    ByteReader reader(bytes);
    Dispatch(reading, {uri, uri, 0}, reader,
             [bytes](Archive::Layout layout) { return Archive::OpenBytes(bytes, layout); });
    return reading.complete();
  }

  // What cannot be opened twice is held whole, as standard input is.
  bool OfPipe(const std::string& path, ByteReader& reader, const ReadOptions& options,
              SourceSink& sink) const {
    const auto bytes = reader.TakeAll(limits.piped);
    if (bytes) return OfBytes(path, *bytes, options, sink);
    sink.Reject({bytes.error().code, bytes.error().message, path});
    return false;
  }

  bool OfFile(const std::string& path, const ReadOptions& options, SourceSink& sink) const {
    auto opened = files::OpenStream(path);
    if (!opened) {
      sink.Reject(opened.error());
      return false;
    }
    ByteReader reader(std::move(opened->read));
    if (opened->size == 0) return OfPipe(path, reader, options, sink);
    Reading reading({options, limits, *detector, words}, sink, path, opened->size);
    Dispatch(reading, {path, path, 0}, reader,
             [&path](Archive::Layout layout) { return Archive::OpenFile(path, layout); });
    return reading.complete();
  }
};

Result<SourceReader> SourceReader::Create(const std::string& data_dir,
                                          const EncodingDetector& detector,
                                          const ReadLimits& limits) {
  auto words = TableWords::Load(data_dir);
  if (!words) return Pass(words);
  return SourceReader(std::make_unique<Impl>(Impl{&detector, std::move(*words), limits}));
}

bool SourceReader::Read(const std::string& file, const ReadOptions& options,
                        SourceSink& sink) const {
  if (file != "-") return impl_->OfFile(file, options, sink);
  // An archive is read from both ends, so what is piped in is held whole.
  const auto bytes = files::ReadStandardInput(impl_->limits.piped);
  if (bytes) return impl_->OfBytes("-", *bytes, options, sink);
  sink.Reject({bytes.error().code, bytes.error().message, "-"});
  return false;
}

bool SourceReader::ReadBytes(const std::string& uri, std::string_view bytes,
                             const ReadOptions& options, SourceSink& sink) const {
  return impl_->OfBytes(uri, bytes, options, sink);
}

SourceReader::SourceReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SourceReader::SourceReader(SourceReader&&) noexcept = default;
SourceReader& SourceReader::operator=(SourceReader&&) noexcept = default;
SourceReader::~SourceReader() = default;

}  // namespace sakuin::ingest

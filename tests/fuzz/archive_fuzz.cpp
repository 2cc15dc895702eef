// Any bytes, read as whatever they look like and as every kind of container, end in bounded time
// with sources and reasons; every source has an address and its file.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "indexer/ingest/containers/source_reader.h"
#include "indexer/ingest/ingest.h"

namespace {

using sakuin::ingest::Extractor;
using sakuin::ingest::SourceReader;

const Extractor& Corpus() {
  static const auto loaded = Extractor::Create(SAKUIN_ROOT "/corpus");
  if (!loaded) std::abort();
  return *loaded;
}

const SourceReader& Reader() {
  static const auto made = [] {
    sakuin::ingest::ReadLimits limits;
    limits.article = std::uint64_t{1} << 20U;
    limits.inside = std::uint64_t{4} << 20U;
    limits.free = std::uint64_t{8} << 20U;
    limits.members = 1000;
    return SourceReader::Create(SAKUIN_ROOT "/corpus", Corpus().detector(), limits);
  }();
  if (!made) std::abort();
  return *made;
}

struct Sink : sakuin::ingest::SourceSink {
  bool Take(sakuin::model::Source source) override {
    if (source.uri.empty() || source.origin != "fuzz" || source.bytes.size() > kMost) std::abort();
    // What a container made by itself is a record that can be read.
    if (source.format == "jsonl" && taken < 4) (void)Corpus().Extract(source);
    ++taken;
    return taken < 1000;
  }
  void Reject(sakuin::Error error) override {
    if (error.message.empty()) std::abort();
    ++rejected;
  }
  void Note(std::string warning) override {
    if (warning.empty()) std::abort();
  }
  static constexpr std::size_t kMost = std::size_t{32} << 20U;
  std::size_t taken = 0;
  std::size_t rejected = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* format : {"auto", "warc", "csv", "jsonl"}) {
    sakuin::ingest::ReadOptions options;
    options.format = format;
    Sink sink;
    const bool whole = Reader().ReadBytes("fuzz", bytes, options, sink);
    // Nothing is swallowed: what gives no source gives a reason.
    if (!whole && sink.rejected == 0 && sink.taken < 1000) std::abort();
  }
  return 0;
}

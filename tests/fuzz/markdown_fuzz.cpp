// Any bytes read as Markdown give clean text whose every piece leads into the bytes.

#include <cstdint>
#include <cstdlib>

#include "indexer/base/utf8.h"
#include "indexer/ingest/ingest.h"

namespace {

const sakuin::ingest::Extractor& Reader() {
  static const auto loaded = sakuin::ingest::Extractor::Create(SAKUIN_ROOT "/corpus");
  if (!loaded) std::abort();
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sakuin::model::Source source;
  source.uri = "fuzz.md";
  source.format = "markdown";
  source.bytes.assign(reinterpret_cast<const char*>(data), size);
  const auto document = Reader().Extract(source);
  if (!document) return 0;
  for (const auto& section : document->sections) {
    const auto all = static_cast<std::uint32_t>(section.text.size());
    if (sakuin::utf8::FindInvalid(section.text) || section.source.begin > section.source.end ||
        section.source.end > size || section.text_map.ToSource({0, all}).end > size) {
      std::abort();
    }
  }
  return 0;
}
